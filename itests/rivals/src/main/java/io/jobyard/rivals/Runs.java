// SPDX-License-Identifier: Apache-2.0
package io.jobyard.rivals;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.function.Consumer;

/** The handler: does nothing but note when it began first, since a library may run a job twice. A payload begins with the job's number. */
final class Runs implements Consumer<String> {

    private static final int DIGITS = 8;
    private static final long LOOK_MILLIS = 2;

    private final AtomicLongArray begun;
    private final AtomicInteger count = new AtomicInteger();

    /** @param most largest number of jobs, in all commands */
    Runs(int most) {
        begun = new AtomicLongArray(most);
    }

    /** Number of jobs that have begun. */
    int count() {
        return count.get();
    }

    static String payload(int number, int bytes) {
        return String.format("%0" + DIGITS + "d", number) + "x".repeat(bytes - DIGITS);
    }

    @Override
    public void accept(String payload) {
        if (begun.compareAndSet(Integer.parseInt(payload.substring(0, DIGITS)), 0, System.nanoTime())) {
            count.incrementAndGet();
        }
    }

    /** When a job began; now, if it has not. */
    long begunNanos(int number) {
        long nanos = begun.get(number);
        return nanos == 0 ? System.nanoTime() : nanos;
    }

    /** Waits until so many jobs have begun, or so long; how many have. */
    int await(int jobs, Duration limit) throws InterruptedException {
        long end = System.nanoTime() + limit.toNanos();
        while (count.get() < jobs && System.nanoTime() - end < 0) {
            TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
        }
        if (count.get() == 0) {
            throw new IllegalStateException("no job has begun within " + limit);
        }
        return count.get();
    }
}

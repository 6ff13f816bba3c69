// SPDX-License-Identifier: Apache-2.0
package io.jobyard.rivals;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.function.Consumer;

/** The handler: does nothing but note when it began. A payload begins with the job's number. */
final class Runs implements Consumer<String> {

    private static final int DIGITS = 8;
    private static final long LOOK_MILLIS = 2;
    private static final long PATIENCE_NANOS = TimeUnit.MINUTES.toNanos(2);

    private final AtomicLongArray begun;
    private final AtomicInteger count = new AtomicInteger();

    Runs(int jobs) {
        begun = new AtomicLongArray(jobs);
    }

    static String payload(int number, int bytes) {
        return String.format("%0" + DIGITS + "d", number) + "x".repeat(bytes - DIGITS);
    }

    @Override
    public void accept(String payload) {
        begun.set(Integer.parseInt(payload.substring(0, DIGITS)), System.nanoTime());
        count.incrementAndGet();
    }

    long begunNanos(int number) {
        return begun.get(number);
    }

    /** Waits until so many have begun, and fails when none does for a long time. */
    void await(int runs) throws InterruptedException {
        int seen = -1;
        long patientUntil = 0;
        for (int now = count.get(); now < runs; now = count.get()) {
            if (now > seen) {
                patientUntil = System.nanoTime() + PATIENCE_NANOS;
                seen = now;
            } else if (System.nanoTime() - patientUntil > 0) {
                throw new IllegalStateException("no job begins any more after " + now + " of " + runs);
            }
            TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
        }
    }
}

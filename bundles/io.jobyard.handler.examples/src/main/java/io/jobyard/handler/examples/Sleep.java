// SPDX-License-Identifier: Apache-2.0
package io.jobyard.handler.examples;

import io.jobyard.api.handler.HandlesJob;
import io.jobyard.api.handler.JobContext;
import io.jobyard.api.handler.JobHandler;
import io.jobyard.api.handler.PermanentException;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/** Handler that sleeps for {@code millis}, reports its progress, and returns how long it slept. */
@Component
@HandlesJob(
        value = "sleep",
        description = "A demonstration of a long job: sleeps for the given milliseconds, reports progress, and "
                + "returns how long it slept. Changes nothing.",
        effects = {HandlesJob.READS_ONLY, HandlesJob.REPEATABLE, HandlesJob.INSIDE})
public final class Sleep implements JobHandler {

    static final long LONGEST_MILLIS = TimeUnit.DAYS.toMillis(1);

    private static final long STEP_MILLIS = 100;

    private final LongSupplier nanoTime;
    private final SleepPause pause;

    @Activate
    public Sleep() {
        this(System::nanoTime, Thread::sleep);
    }

    Sleep(LongSupplier nanoTime, SleepPause pause) {
        this.nanoTime = nanoTime;
        this.pause = pause;
    }

    @Override
    public Map<String, Object> handle(JobContext context) throws InterruptedException {
        long millis = millis(context.payload().get("millis"));
        long start = nanoTime.getAsLong();
        long slept = 0;
        while (slept < millis) {
            context.progress(slept, millis, "asleep");
            pause.millis(Math.min(STEP_MILLIS, millis - slept));
            slept = TimeUnit.NANOSECONDS.toMillis(nanoTime.getAsLong() - start);
        }
        return Map.of("millis", slept);
    }

    private static long millis(@Nullable Object asked) {
        if (asked instanceof Number number
                && number.doubleValue() == number.longValue()
                && number.longValue() >= 0
                && number.longValue() <= LONGEST_MILLIS) {
            return number.longValue();
        }
        throw new PermanentException("out of range: millis of a sleep job must be a whole number from 0 to "
                + LONGEST_MILLIS + ", but is " + asked);
    }

    /** The way a thread waits. */
    interface SleepPause {
        void millis(long millis) throws InterruptedException;
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.jobyard.handler.examples;

import io.jobyard.api.handler.Field;
import io.jobyard.api.handler.HandlesJob;
import io.jobyard.api.handler.JobContext;
import io.jobyard.api.handler.TypedJobHandler;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/** Handler that sleeps for {@code millis}, reports its progress, and returns how long it slept. */
@Component
@HandlesJob(
        value = "sleep",
        description = "A demonstration of a long job: sleeps for the given milliseconds, reports progress, and "
                + "returns how long it slept. Changes nothing.",
        effects = {HandlesJob.READS_ONLY, HandlesJob.REPEATABLE, HandlesJob.INSIDE})
public final class Sleep implements TypedJobHandler<Sleep.Time, Sleep.SleptTime> {

    /** Payload of the job. */
    public record Time(
            @Field(description = "how long the job sleeps, in milliseconds", min = 0, max = 86_400_000)
            long millis) {}

    /** Result of the job. */
    public record SleptTime(
            @Field(description = "how long the job slept, in milliseconds")
            long millis) {}

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
    public SleptTime handle(Time payload, JobContext context) throws InterruptedException {
        long millis = payload.millis();
        long start = nanoTime.getAsLong();
        long slept = 0;
        while (slept < millis) {
            context.progress(slept, millis, "asleep");
            pause.millis(Math.min(STEP_MILLIS, millis - slept));
            slept = TimeUnit.NANOSECONDS.toMillis(nanoTime.getAsLong() - start);
        }
        return new SleptTime(slept);
    }

    /** The way a thread waits. */
    interface SleepPause {
        void millis(long millis) throws InterruptedException;
    }
}

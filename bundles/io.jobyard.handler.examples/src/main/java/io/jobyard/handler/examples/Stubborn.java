// SPDX-License-Identifier: Apache-2.0
package io.jobyard.handler.examples;

import io.jobyard.api.handler.Field;
import io.jobyard.api.handler.HandlesJob;
import io.jobyard.api.handler.JobContext;
import io.jobyard.api.handler.TypedJobHandler;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.osgi.service.component.annotations.Component;

/** Handler that runs for {@code millis} and ignores interrupts, to demonstrate abandoned threads. */
@Component
@HandlesJob(
        value = "stubborn",
        description = "A demonstration of a handler that ignores a cancel: runs for the given milliseconds despite "
                + "interrupts. Changes nothing.")
public final class Stubborn implements TypedJobHandler<Stubborn.RunTime, Stubborn.RunTime> {

    /** Payload and result of the job. */
    public record RunTime(
            @Field(description = "how long the job runs, in milliseconds", min = 0, max = 86_400_000)
            long millis) {}

    @Override
    public RunTime handle(RunTime payload, JobContext context) {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(payload.millis());
        for (long left = end - System.nanoTime(); left > 0; left = end - System.nanoTime()) {
            LockSupport.parkNanos(Math.min(left, TimeUnit.MILLISECONDS.toNanos(10)));
            Thread.interrupted(); // ignored on purpose
        }
        return payload;
    }
}

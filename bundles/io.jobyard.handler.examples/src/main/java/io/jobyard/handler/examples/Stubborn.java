// SPDX-License-Identifier: Apache-2.0
package io.jobyard.handler.examples;

import io.jobyard.api.handler.HandlesJob;
import io.jobyard.api.handler.JobContext;
import io.jobyard.api.handler.JobHandler;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.osgi.service.component.annotations.Component;

/** Handler that runs for {@code millis} and ignores interrupts, to demonstrate abandoned threads. */
@Component
@HandlesJob(
        value = "stubborn",
        description = "A demonstration of a handler that ignores a cancel: runs for the given milliseconds despite "
                + "interrupts. Changes nothing.")
public final class Stubborn implements JobHandler {

    @Override
    public Map<String, Object> handle(JobContext context) {
        long millis = context.payload(StubbornPayload.class).millis();
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        for (long left = end - System.nanoTime(); left > 0; left = end - System.nanoTime()) {
            LockSupport.parkNanos(Math.min(left, TimeUnit.MILLISECONDS.toNanos(10)));
            Thread.interrupted(); // ignored on purpose
        }
        return Map.of("millis", millis);
    }

    record StubbornPayload(long millis) {}
}

// SPDX-License-Identifier: Apache-2.0
package io.jobyard.benchmarks.load;

import io.jobyard.api.handler.HandlesJob;
import io.jobyard.api.handler.JobHandler;
import java.util.Dictionary;
import java.util.Hashtable;
import java.util.Map;
import java.util.concurrent.Callable;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;

/** Has a handler for the benchmark's jobs while something is done: without one they stay queued. */
final class Handling {

    static final String TYPE = "bench";

    static final JobHandler NOTHING = job -> Map.of();
    static final JobHandler READING = job -> Map.of("length", Payloads.length(job.payload()));

    private Handling() {}

    static <T> T during(BundleContext context, JobHandler handler, Callable<T> task) throws Exception {
        return during(context, TYPE, handler, task);
    }

    static <T> T during(BundleContext context, String type, JobHandler handler, Callable<T> task) throws Exception {
        Dictionary<String, Object> properties = new Hashtable<>(Map.of(HandlesJob.TYPE, type));
        ServiceRegistration<JobHandler> there = context.registerService(JobHandler.class, handler, properties);
        try {
            return task.call();
        } finally {
            there.unregister();
        }
    }
}

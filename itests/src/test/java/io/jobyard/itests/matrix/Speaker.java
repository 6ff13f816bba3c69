// SPDX-License-Identifier: Apache-2.0
package io.jobyard.itests.matrix;

import io.jobyard.api.JobManager;
import io.jobyard.api.ScheduleManager;
import io.jobyard.api.StatusReporter;
import io.jobyard.api.handler.JobInterceptor;
import io.jobyard.api.handler.JobInvocation;
import java.util.Hashtable;
import java.util.Objects;
import java.util.function.Supplier;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;

/**
 * The services as one bundle gets them.
 *
 * @param jobs its job manager
 * @param status its status reporter
 * @param schedules its schedule manager
 * @param interception whether an interceptor of its is in use
 */
record Speaker(JobManager jobs, StatusReporter status, ScheduleManager schedules, Supplier<String> interception) {

    static Speaker of(BundleContext bundle) {
        return new Speaker(
                service(bundle, JobManager.class),
                service(bundle, StatusReporter.class),
                service(bundle, ScheduleManager.class),
                () -> interception(bundle));
    }

    private static String interception(BundleContext bundle) {
        ServiceRegistration<JobInterceptor> offered =
                bundle.registerService(JobInterceptor.class, JobInvocation::proceed, new Hashtable<>());
        try {
            return offered.getReference().getUsingBundles() == null ? "hidden" : "in use";
        } finally {
            offered.unregister();
        }
    }

    private static <T> T service(BundleContext bundle, Class<T> type) {
        return Objects.requireNonNull(
                bundle.getService(Objects.requireNonNull(bundle.getServiceReference(type), type.getName())));
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.jobyard.itests.matrix;

import io.jobyard.api.JobManager;
import io.jobyard.api.ScheduleManager;
import io.jobyard.api.StatusReporter;
import java.util.Objects;
import org.osgi.framework.BundleContext;

/**
 * The services as one bundle gets them.
 *
 * @param jobs its job manager
 * @param status its status reporter
 * @param schedules its schedule manager
 */
record Speaker(JobManager jobs, StatusReporter status, ScheduleManager schedules) {

    static Speaker of(BundleContext bundle) {
        return new Speaker(
                service(bundle, JobManager.class),
                service(bundle, StatusReporter.class),
                service(bundle, ScheduleManager.class));
    }

    private static <T> T service(BundleContext bundle, Class<T> type) {
        return Objects.requireNonNull(
                bundle.getService(Objects.requireNonNull(bundle.getServiceReference(type), type.getName())));
    }
}

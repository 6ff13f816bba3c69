// SPDX-License-Identifier: Apache-2.0
package io.jobyard.spi;

import io.jobyard.api.Job;
import io.jobyard.api.JobManager;
import io.jobyard.spi.access.Caller;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ProviderType;

/** The job managers of callers that a face of the host has itself made sure of. */
@FunctionalInterface
@ProviderType
public interface JobManagers {

    /** The service of one caller. */
    default JobManager of(Caller caller) {
        return of(caller, null);
    }

    /**
     * The service of one caller for changes to a job as it was read: cancel, retry, change, run now, pause and resume change the job only
     * if it is still the same. That is decided with the change: of two who have read the same, one gets
     * {@link io.jobyard.api.JobChangedException}. All else is done as ever.
     *
     * @param seen the job as it was read; null for changes to jobs as they are
     */
    JobManager of(Caller caller, @Nullable Job seen);
}

// SPDX-License-Identifier: Apache-2.0
package io.jobyard.spi;

import io.jobyard.api.Job;
import io.jobyard.api.JobManager;
import io.jobyard.spi.access.Caller;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ProviderType;

/** Job managers for callers that an interface of the host has authenticated. */
@FunctionalInterface
@ProviderType
public interface JobManagers {

    /** Returns the service of one caller. */
    default JobManager of(Caller caller) {
        return of(caller, null);
    }

    /**
     * Returns the service of one caller whose changes apply only to an unchanged job: cancel, retry, change, run now, pause and resume. The
     * check and the change are one step: if two callers change the same version, one of them gets {@link
     * io.jobyard.api.JobChangedException}. Other methods are not affected.
     *
     * @param seen the job as it was read; null for changes without this check
     */
    JobManager of(Caller caller, @Nullable Job seen);
}

// SPDX-License-Identifier: Apache-2.0
package io.jobyard.spi.schedules;

import io.jobyard.api.JobId;
import io.jobyard.spi.access.Caller;
import org.osgi.annotation.versioning.ProviderType;

/** Cancels jobs that the host itself has created and no longer needs, without a check of roles. */
@FunctionalInterface
@ProviderType
public interface JobWithdrawal {

    /**
     * Cancels a waiting or queued job. The history contains the caller and the reason. Returns false if the job is running or finished; it
     * then remains unchanged.
     */
    boolean withdraw(JobId job, Caller by, String why);
}

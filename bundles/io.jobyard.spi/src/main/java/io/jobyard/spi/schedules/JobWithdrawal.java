// SPDX-License-Identifier: Apache-2.0
package io.jobyard.spi.schedules;

import io.jobyard.api.JobId;
import io.jobyard.spi.access.Caller;
import org.osgi.annotation.versioning.ProviderType;

/** Cancels jobs that the host itself has created and that are no longer needed, without a check of roles. */
@FunctionalInterface
@ProviderType
public interface JobWithdrawal {

    /**
     * Cancels a waiting or queued job, with the caller and the reason in its history; false if the job is running or finished, and
     * unchanged.
     */
    boolean withdraw(JobId job, Caller by, String why);
}

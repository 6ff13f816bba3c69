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
     * Cancels a waiting or queued job. A running or finished one is unchanged.
     *
     * @param by the caller, for its history
     * @param why the reason, for its history
     * @return whether the job was cancelled
     */
    boolean withdraw(JobId job, Caller by, String why);
}

// SPDX-License-Identifier: Apache-2.0
package io.jobyard.spi.schedules;

import io.jobyard.api.JobId;
import io.jobyard.spi.access.Caller;
import org.osgi.annotation.versioning.ProviderType;

/** Cancels jobs that the host has made by itself, and need not run any more: no role is asked. */
@FunctionalInterface
@ProviderType
public interface JobWithdrawal {

    /**
     * Cancels a job that waits or is queued. One that runs or has ended stays as it is.
     *
     * @param by who cancels it, for its history
     * @param why the reason, for its history
     * @return whether the job was cancelled
     */
    boolean withdraw(JobId job, Caller by, String why);
}

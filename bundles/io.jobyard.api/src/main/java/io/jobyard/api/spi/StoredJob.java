// SPDX-License-Identifier: Apache-2.0
package io.jobyard.api.spi;

import io.jobyard.api.Job;
import io.jobyard.api.JobId;

/**
 * A job as the store holds it, without its payload and result.
 *
 * @param job what everybody may see
 * @param books what the host keeps for itself
 */
public record StoredJob(Job job, Bookkeeping books) {

    /**
     * The job's name.
     *
     * @return {@code job().id()}
     */
    public JobId id() {
        return job.id();
    }

    /**
     * Whether its present attempt is the last that its terms allow.
     *
     * @return true if a failure that is charged ends it
     */
    public boolean isLastAttempt() {
        return job.state().attempt() > job.terms().maxRetries();
    }
}

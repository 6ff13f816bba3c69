// SPDX-License-Identifier: Apache-2.0
package io.jobyard.api.spi;

import io.jobyard.api.Job;
import io.jobyard.api.JobStatus;

/**
 * What jobs are counted by.
 *
 * @param status the status
 * @param priority the level asked for
 * @param queue the queue
 */
public record TallyKey(JobStatus status, int priority, String queue) {

    /**
     * Where a job is counted.
     *
     * @param job the job
     * @return its key
     */
    public static TallyKey of(Job job) {
        return new TallyKey(job.status(), job.terms().priority(), job.queue());
    }
}

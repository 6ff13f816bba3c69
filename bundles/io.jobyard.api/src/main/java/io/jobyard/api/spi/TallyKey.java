// SPDX-License-Identifier: Apache-2.0
package io.jobyard.api.spi;

import io.jobyard.api.Job;
import io.jobyard.api.JobStatus;
import org.jspecify.annotations.Nullable;

/**
 * What jobs are counted by.
 *
 * @param status the status
 * @param priority the level asked for
 * @param queue the queue asked for; null if none was
 * @param type the type
 * @param submitter who asked
 */
public record TallyKey(
        JobStatus status, int priority, @Nullable String queue, String type, String submitter) {

    /**
     * Where a job is counted.
     *
     * @param job the job
     * @return its key
     */
    public static TallyKey of(Job job) {
        return new TallyKey(job.status(), job.terms().priority(), job.terms().queue(), job.type(), job.submitter());
    }
}

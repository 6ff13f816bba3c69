// SPDX-License-Identifier: Apache-2.0
package io.jobyard.api;

/**
 * Answer to a submit: the job is stored.
 *
 * @param id ID of the job; for a duplicate, ID of the job that already holds the key
 * @param status status at the commit
 * @param duplicate whether a job with the same key of the same submitter existed, so that no new job was stored
 * @param replaced whether the earlier job had not started and now has the new specification ({@link KeyPolicy#REPLACE})
 */
public record Submission(JobId id, JobStatus status, boolean duplicate, boolean replaced) {

    /**
     * Creates an answer without a replacement.
     *
     * @param id ID of the job; for a duplicate, ID of the job that already holds the key
     * @param status status at the commit
     * @param duplicate whether a job with the same key of the same submitter existed, so that no new job was stored
     */
    public Submission(JobId id, JobStatus status, boolean duplicate) {
        this(id, status, duplicate, false);
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.jobyard.api;

/**
 * Answer to a submit: the job is stored.
 *
 * @param id the job's id; with {@code duplicate} that of the job that already holds the key
 * @param status the status at the commit
 * @param duplicate true if a job with the same key of the same submitter existed and no new one was stored
 * @param replaced true if that job, which had not started, now has the new specification ({@link KeyPolicy#REPLACE})
 */
public record Submission(JobId id, JobStatus status, boolean duplicate, boolean replaced) {

    /**
     * Creates an answer without a replacement.
     *
     * @param id the job's id; with {@code duplicate} that of the job that already holds the key
     * @param status the status at the commit
     * @param duplicate true if a job with the same key of the same submitter existed and no new one was stored
     */
    public Submission(JobId id, JobStatus status, boolean duplicate) {
        this(id, status, duplicate, false);
    }
}

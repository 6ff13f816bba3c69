// SPDX-License-Identifier: Apache-2.0
package io.jobyard.api;

/**
 * The answer to a submit: the job is stored.
 *
 * @param id the job's name; with {@code duplicate} that of the job that already holds the key
 * @param status the status at the commit
 * @param duplicate true if a job with the same key of the same submitter was there and no new one was stored
 * @param replaced true if that job, which had not started, is now as it was asked for ({@link KeyPolicy#REPLACE})
 */
public record Submission(JobId id, JobStatus status, boolean duplicate, boolean replaced) {

    /**
     * One that has replaced no job.
     *
     * @param id the job's name; with {@code duplicate} that of the job that already holds the key
     * @param status the status at the commit
     * @param duplicate true if a job with the same key of the same submitter was there and no new one was stored
     */
    public Submission(JobId id, JobStatus status, boolean duplicate) {
        this(id, status, duplicate, false);
    }
}

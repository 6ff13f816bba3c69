// SPDX-License-Identifier: Apache-2.0
package io.jobyard.api;

/**
 * The answer to a submit: the job is stored.
 *
 * @param id the job's name; with {@code duplicate} that of the job that already holds the key
 * @param status the status at the commit
 * @param duplicate true if a job with the same key of the same submitter was there and nothing new was stored
 */
public record Submission(JobId id, JobStatus status, boolean duplicate) {}

// SPDX-License-Identifier: Apache-2.0
package io.jobyard.api;

import java.time.Instant;

/**
 * Snapshot of a job. Later changes of the job do not change the snapshot.
 *
 * @param id ID of the job
 * @param submitter user, or symbolic name of the calling bundle
 * @param createdAt time of its admission
 * @param terms terms of the job; only {@link JobManager#change} changes them
 * @param state state of the job; every transition changes it
 */
public record Job(JobId id, String submitter, Instant createdAt, JobTerms terms, JobState state) {

    /** Queue of jobs that request no queue and whose type is not routed to one. */
    public static final String DEFAULT_QUEUE = "default";

    /** {@return {@code terms().type()}} */
    public String type() {
        return terms.type();
    }

    /** {@return {@code state().status()}} */
    public JobStatus status() {
        return state.status();
    }
}

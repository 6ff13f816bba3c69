// SPDX-License-Identifier: Apache-2.0
package io.jobyard.api;

import java.time.Instant;

/**
 * A job at one moment: a snapshot, which does not follow the job.
 *
 * @param id the job's id
 * @param submitter a user, or the symbolic name of the calling bundle
 * @param createdAt when it was admitted
 * @param terms its terms; changed only by {@link JobManager#change}
 * @param state its state; changed by every move
 */
public record Job(JobId id, String submitter, Instant createdAt, JobTerms terms, JobState state) {

    /** Queue of a job that requested none, and whose type is not routed to another one. */
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

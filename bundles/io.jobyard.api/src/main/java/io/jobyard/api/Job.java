// SPDX-License-Identifier: Apache-2.0
package io.jobyard.api;

import java.time.Instant;

/**
 * A job as it was at one moment: a snapshot, which does not follow the job.
 *
 * @param id the job's name
 * @param submitter who asked for it: a user, or the symbolic name of the bundle that called
 * @param createdAt when it was admitted
 * @param terms what was agreed at submit; changes by {@link JobManager#change} alone
 * @param state where it stood; changes with every move
 */
public record Job(JobId id, String submitter, Instant createdAt, JobTerms terms, JobState state) {

    /** The queue of a job that asked for none, and whose type is routed to no other. */
    public static final String DEFAULT_QUEUE = "default";

    /**
     * The type.
     *
     * @return {@code terms().type()}
     */
    public String type() {
        return terms.type();
    }

    /**
     * The status.
     *
     * @return {@code state().status()}
     */
    public JobStatus status() {
        return state.status();
    }
}

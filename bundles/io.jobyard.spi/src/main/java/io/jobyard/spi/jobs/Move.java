// SPDX-License-Identifier: Apache-2.0
package io.jobyard.spi.jobs;

import io.jobyard.api.HistoryEvent;
import io.jobyard.api.Job;
import io.jobyard.api.JobState;
import io.jobyard.api.JobTerms;
import io.jobyard.api.Reason;
import io.jobyard.spi.audit.AuditEntry;
import org.jspecify.annotations.Nullable;

/**
 * Change of a job, with everything to store in the same transaction. It is applied only if the job still has the version of {@code before}.
 *
 * @param before job that the decision was based on
 * @param terms terms after the change; equal to the terms before unless a user changed them
 * @param state state after the change
 * @param books internal state after the change; its version is one higher
 * @param event the history row; null if only internal state changes
 * @param result the result, a JSON object; null unless the job completes
 * @param edges changes of the edges that lead to the job
 * @param audit entry for the audit; null unless a user requested the change
 */
public record Move(
        StoredJob before,
        JobTerms terms,
        JobState state,
        SchedulingState books,
        @Nullable HistoryEvent event,
        @Nullable String result,
        EdgeChange edges,
        @Nullable AuditEntry audit) {

    /** Creates a move that does not change the terms. */
    public Move(
            StoredJob before,
            JobState state,
            SchedulingState books,
            @Nullable HistoryEvent event,
            @Nullable String result,
            EdgeChange edges) {
        this(before, before.job().terms(), state, books, event, result, edges, null);
    }

    /** Creates a move that no user requested. */
    public Move(
            StoredJob before,
            JobTerms terms,
            JobState state,
            SchedulingState books,
            @Nullable HistoryEvent event,
            @Nullable String result,
            EdgeChange edges) {
        this(before, terms, state, books, event, result, edges, null);
    }

    /** Returns a copy with an audit entry, stored in the same commit. */
    public Move audited(AuditEntry entry) {
        return new Move(before, terms, state, books, event, result, edges, entry);
    }

    /** Returns whether a user changed the terms of the job. */
    public boolean changesTerms() {
        return terms != before.job().terms() && !terms.equals(before.job().terms());
    }

    /** Returns whether the move retries a finished job: it goes from a final status to another status. */
    public boolean beginsAnotherLife() {
        return before.job().status().isFinished() && !state.status().isFinished();
    }

    /**
     * Returns whether only the leader may make the change. On another host, the commit rejects it like an outdated change. For example,
     * only the leader, which starts all jobs, knows that no handler has ever served a type.
     */
    public boolean isForLeader() {
        return state.reason() == Reason.UNKNOWN_TYPE && !before.job().status().isFinished();
    }

    /** Returns a snapshot of the job after the change. */
    public StoredJob after() {
        Job job = before.job();
        return new StoredJob(new Job(job.id(), job.submitter(), job.createdAt(), terms, state), books);
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.jobyard.store.jpa;

import io.jobyard.api.JobId;
import io.jobyard.api.LogLine;
import io.jobyard.api.QueuePause;
import io.jobyard.api.spi.AdmittedJob;
import io.jobyard.api.spi.AuditEntry;
import io.jobyard.api.spi.LimitLevel;
import io.jobyard.api.spi.Move;
import io.jobyard.api.spi.ReleaseRule;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** What the committer is asked for. */
sealed interface Change {

    /** The caller's. */
    CompletableFuture<?> future();

    /** Tells the callers why nothing came of it. */
    static void fail(List<? extends Change> changes, Throwable reason) {
        changes.forEach(change -> change.future().completeExceptionally(reason));
    }

    /** Stores new jobs, all or none. */
    record Admission(List<AdmittedJob> jobs, CompletableFuture<Void> future) implements Change {}

    /** Changes one job, and with a rule also those that wait for its end. */
    record Moving(Move move, @Nullable ReleaseRule rule, CompletableFuture<Boolean> future) implements Change {

        /** The same, with its dependents left to a marker. */
        Moving alone() {
            return new Moving(move, null, future);
        }
    }

    /** Removes markers of parents that have no edge left. */
    record Release(List<JobId> parents, CompletableFuture<Void> future) implements Change {}

    /** Adds lines to the log of a job. */
    record Logging(JobId job, List<LogLine> lines, CompletableFuture<Void> future) implements Change {}

    /** Remembers types that a handler has served. */
    record Serving(Set<String> types, Instant now, CompletableFuture<Void> future) implements Change {}

    /** Stores how far limits are drawn. */
    record Levels(List<LimitLevel> levels, CompletableFuture<Void> future) implements Change {}

    /** Appends to the audit. */
    record Auditing(AuditEntry entry, CompletableFuture<Void> future) implements Change {}

    /** Pauses a queue. */
    record Pausing(QueuePause pause, AuditEntry audit, CompletableFuture<Void> future) implements Change {}

    /** Ends the pause of a queue. */
    record Resuming(String queue, AuditEntry audit, CompletableFuture<Void> future) implements Change {}

    /** Happens between two commits, on the committer's thread. */
    record Between(Step task, CompletableFuture<Void> future) implements Change {}

    /** What may have to wait for the database. */
    interface Step {
        void take() throws CommitFailure;
    }
}

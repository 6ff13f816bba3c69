// SPDX-License-Identifier: Apache-2.0
package io.jobyard.store.jpa.commit;

import io.jobyard.spi.jobs.Move;
import io.jobyard.spi.jobs.StoredJob;
import io.jobyard.spi.store.ReleaseRule;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Changes one job. If it has a release rule, it also changes the jobs that depend on this job. */
public record JobMove(Move move, @Nullable ReleaseRule rule, CompletableFuture<Boolean> future) implements Change {

    @Override
    public Runnable apply(Transaction transaction) throws SQLException {
        if (move.isForLeader() && !transaction.isLeader()) {
            return () -> future.complete(false);
        }
        PendingMove sent = transaction.jobs().move(move, rule);
        if (move.beginsAnotherLife()) {
            transaction.letsIn(move.after().job().submitter(), 1);
        }
        return () -> future.complete(sent.won());
    }

    /** Returns the kind of the change, by the new status. */
    @Override
    public String kind() {
        return "move to " + move.state().status().text();
    }

    /**
     * Returns the change without the dependent jobs, which then wait for a release marker: a dependent job that cannot be stored must not
     * prevent an outcome.
     */
    @Override
    public List<Change> smaller() {
        return rule == null ? List.of() : List.of(new JobMove(move, null, future));
    }

    @Override
    public List<StoredJob> moved() {
        return List.of(move.before());
    }

    @Override
    public List<StoredJob> jobs() {
        return List.of(move.after());
    }
}

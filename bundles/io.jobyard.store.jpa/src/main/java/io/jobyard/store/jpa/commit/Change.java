// SPDX-License-Identifier: Apache-2.0
package io.jobyard.store.jpa.commit;

import io.jobyard.spi.jobs.StoredJob;
import io.jobyard.spi.schedules.ScheduleChange;
import io.jobyard.spi.store.KeptRequest;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Request to the committer. It applies itself to a transaction. */
public interface Change {

    /** Returns the future that the caller waits for. */
    CompletableFuture<?> future();

    /**
     * Sends the change to the database within a transaction. The committer calls it again if the transaction fails.
     *
     * @return action that completes the future after the commit
     */
    Runnable apply(Transaction transaction) throws SQLException;

    /** Returns the kind of the change. Changes of the same kind usually fail for the same reason. */
    default String kind() {
        return getClass().getSimpleName();
    }

    /** Returns the number of rows that count toward the size of a batch. */
    default int size() {
        return 1;
    }

    /** Registers the rows that the change will read. */
    default void foresee(WorkReads looks) {}

    /** Returns whether the caller is answered before the listeners are notified. */
    default boolean isAnsweredFirst() {
        return false;
    }

    /** Returns whether the change fails immediately while the database accepts no writes; other changes wait. */
    default boolean isRefusedMeanwhile() {
        return false;
    }

    /** Returns smaller changes to store one by one if this change cannot be stored; empty if it fails as a whole. */
    default List<Change> smaller() {
        return List.of();
    }

    /** Returns work between two transactions; null for a change that is part of a transaction. */
    default CommitterTask.@Nullable CommitStep step() {
        return null;
    }

    /** Returns the jobs that the change modifies, in the state that its decision was based on. */
    default List<StoredJob> moved() {
        return List.of();
    }

    /** Returns the numbers of the SQL submissions that the change removes. */
    default List<Long> takes() {
        return List.of();
    }

    /** Returns the changes of schedules. */
    default List<ScheduleChange> schedules() {
        return List.of();
    }

    /** Returns the requests that the change stores. */
    default List<KeptRequest> requests() {
        return List.of();
    }

    /** Returns the jobs whose keys may already be in use. */
    default List<StoredJob> jobs() {
        return List.of();
    }

    /** Fails the futures of the changes. */
    static void fail(List<? extends Change> changes, Throwable reason) {
        changes.forEach(change -> change.future().completeExceptionally(reason));
    }
}

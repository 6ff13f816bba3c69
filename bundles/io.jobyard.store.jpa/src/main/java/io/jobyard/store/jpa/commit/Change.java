// SPDX-License-Identifier: Apache-2.0
package io.jobyard.store.jpa.commit;

import io.jobyard.spi.jobs.StoredJob;
import io.jobyard.spi.schedules.ScheduleChange;
import io.jobyard.spi.store.KeptRequest;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Request to the committer: a value that applies itself. */
public interface Change {

    /** The caller's. */
    CompletableFuture<?> future();

    /**
     * Sends the change to the database within a transaction. Called again if the transaction fails.
     *
     * @return completes the future, once the transaction is committed
     */
    Runnable apply(Transaction transaction) throws SQLException;

    /** Kind, equal for changes that fail for the same reason. */
    default String kind() {
        return getClass().getSimpleName();
    }

    /** Returns the share of a batch that the change takes. */
    default int size() {
        return 1;
    }

    /** Registers the rows that the change will read. */
    default void foresee(WorkReads looks) {}

    /** Whether its caller is answered before the listeners are notified. */
    default boolean isAnsweredFirst() {
        return false;
    }

    /** Whether it fails at once while the database accepts no writes; other changes are kept until it does. */
    default boolean isRefusedMeanwhile() {
        return false;
    }

    /** Smaller changes to store one by one if this one cannot be stored; empty if it fails as a whole. */
    default List<Change> smaller() {
        return List.of();
    }

    /** Work between two transactions; null for a change that is part of one. */
    default CommitterTask.@Nullable CommitStep step() {
        return null;
    }

    /** The jobs that it changes, as their decisions saw them. */
    default List<StoredJob> moved() {
        return List.of();
    }

    /** The numbers of the submissions from SQL that it takes away. */
    default List<Long> takes() {
        return List.of();
    }

    /** The changes of schedules that it makes. */
    default List<ScheduleChange> schedules() {
        return List.of();
    }

    /** The requests that it keeps. */
    default List<KeptRequest> requests() {
        return List.of();
    }

    /** The jobs that may have met another one's key. */
    default List<StoredJob> jobs() {
        return List.of();
    }

    /** Answers the callers with the failure. */
    static void fail(List<? extends Change> changes, Throwable reason) {
        changes.forEach(change -> change.future().completeExceptionally(reason));
    }
}

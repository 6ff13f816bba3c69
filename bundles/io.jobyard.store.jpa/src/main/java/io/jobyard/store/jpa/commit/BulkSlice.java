// SPDX-License-Identifier: Apache-2.0
package io.jobyard.store.jpa.commit;

import io.jobyard.api.StoreException;
import io.jobyard.spi.bulk.StoredBulk;
import io.jobyard.spi.jobs.Move;
import io.jobyard.spi.jobs.StoredJob;
import io.jobyard.spi.store.ReleaseRule;
import io.jobyard.store.jpa.rows.BulkTable;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Changes some jobs of a bulk operation, and stores its progress. */
public record BulkSlice(StoredBulk bulk, List<Move> moves, ReleaseRule rule, CompletableFuture<List<Boolean>> future)
        implements Change {

    @Override
    public Runnable apply(Transaction transaction) throws SQLException {
        if (!transaction.isLeader()) {
            return () -> future.completeExceptionally(new StoreException(
                    "another host has become the leader; it continues bulk operation " + bulk.number(), null));
        }
        List<PendingMove> sent = new ArrayList<>();
        for (Move move : moves) {
            sent.add(transaction.jobs().move(move, rule));
            if (move.beginsAnotherLife()) {
                transaction.letsIn(move.after().job().submitter(), 1);
            }
        }
        BulkTable.further(transaction.session(), bulk);
        return () -> future.complete(sent.stream().map(PendingMove::won).toList());
    }

    @Override
    public int size() {
        return 1 + moves.size();
    }

    /** Returns a separate change for each job, because a job whose key is in use must not prevent the changes of other jobs. */
    @Override
    public List<Change> smaller() {
        List<Change> parts = new ArrayList<>();
        List<CompletableFuture<Boolean>> answers = new ArrayList<>();
        for (Move move : moves) {
            CompletableFuture<Boolean> answer = new CompletableFuture<>();
            parts.add(new JobMove(move, rule, answer));
            answers.add(answer.exceptionally(fault -> false));
        }
        CompletableFuture<Void> told = new CompletableFuture<>();
        parts.add(new RowWrite(transaction -> BulkTable.further(transaction.session(), bulk), told));
        CompletableFuture.allOf(answers.toArray(CompletableFuture[]::new))
                .thenCombine(
                        told,
                        (done, written) ->
                                answers.stream().map(CompletableFuture::join).toList())
                .whenComplete((all, fault) -> {
                    if (fault == null) {
                        future.complete(all);
                    } else {
                        future.completeExceptionally(fault);
                    }
                });
        return parts;
    }

    @Override
    public List<StoredJob> moved() {
        return moves.stream().map(Move::before).toList();
    }

    @Override
    public List<StoredJob> jobs() {
        return moves.stream().map(Move::after).toList();
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.jobyard.store.jpa.commit;

import java.util.concurrent.CompletableFuture;

/** Task between two commits, on the committer's thread, in a separate transaction if it needs one. */
public record CommitterTask(CommitStep step, CompletableFuture<Void> future) implements Change {

    /** Work between two commits. It may wait for the database. */
    public interface CommitStep {
        void take() throws CommitFailure;
    }

    @Override
    public Runnable apply(Transaction transaction) {
        throw new IllegalStateException(
                "cannot apply a committer task in a transaction: it runs between two transactions");
    }
}

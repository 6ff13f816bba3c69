// SPDX-License-Identifier: Apache-2.0
package io.jobyard.store.jpa.commit;

import java.sql.SQLException;
import java.util.concurrent.CompletableFuture;

/** Writes rows that no listener is notified of. */
public record RowWrite(WrittenRows rows, CompletableFuture<Void> future) implements Change {

    /** Writes the rows in a transaction. */
    public interface WrittenRows {
        void write(Transaction transaction) throws SQLException;
    }

    @Override
    public Runnable apply(Transaction transaction) throws SQLException {
        rows.write(transaction);
        return () -> future.complete(null);
    }
}

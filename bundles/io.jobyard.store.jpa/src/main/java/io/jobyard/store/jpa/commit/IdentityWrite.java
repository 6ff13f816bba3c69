// SPDX-License-Identifier: Apache-2.0
package io.jobyard.store.jpa.commit;

import io.jobyard.spi.audit.AuditEntry;
import io.jobyard.spi.feed.CommitListener;
import io.jobyard.store.jpa.sql.Session;
import java.sql.SQLException;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Changes rows of users, tokens and sessions, and writes the audit if anything changed. */
public record IdentityWrite(IdentityRows rows, @Nullable AuditEntry entry, CompletableFuture<Boolean> future)
        implements Change {

    /** Sends the rows; whether they changed anything. */
    public interface IdentityRows {
        boolean change(Session session) throws SQLException;
    }

    @Override
    public Runnable apply(Transaction transaction) throws SQLException {
        boolean isChanged = rows.change(transaction.session());
        if (isChanged && entry != null) {
            transaction.audit(entry);
            transaction.feed().identitiesChanged(transaction.session());
            transaction.tell(CommitListener::identitiesChanged);
        }
        return () -> future.complete(isChanged);
    }

    @Override
    public boolean isRefusedMeanwhile() {
        return true; // somebody waits for the answer
    }
}

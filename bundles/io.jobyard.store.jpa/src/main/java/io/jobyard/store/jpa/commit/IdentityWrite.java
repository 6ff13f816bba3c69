// SPDX-License-Identifier: Apache-2.0
package io.jobyard.store.jpa.commit;

import io.jobyard.spi.audit.AuditEntry;
import io.jobyard.spi.feed.CommitListener;
import io.jobyard.store.jpa.sql.Session;
import java.sql.SQLException;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Writes rows of users, tokens and sessions, and an audit entry if rows have changed. */
public record IdentityWrite(IdentityRows rows, @Nullable AuditEntry entry, CompletableFuture<Boolean> future)
        implements Change {

    /** Writes the rows. Returns whether any has changed. */
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
        return true; // the caller waits for the answer
    }
}

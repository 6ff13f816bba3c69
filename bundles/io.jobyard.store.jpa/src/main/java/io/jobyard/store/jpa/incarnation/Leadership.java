// SPDX-License-Identifier: Apache-2.0
package io.jobyard.store.jpa.incarnation;

import io.jobyard.store.jpa.sql.Session;
import java.sql.SQLException;
import java.sql.SQLTransactionRollbackException;

/**
 * Whether this host is the leader: the one of its database that starts jobs, by an election of that number. A transaction that
 * starts any holds the row of the election until it is committed, so it comes before the next election, or starts none.
 */
public final class Leadership {

    private static final String HOLD = "SELECT epoch FROM leader WHERE epoch = ? FOR KEY SHARE";

    private final boolean isShared;
    private volatile long epoch;

    /** @param isShared whether hosts share the database and elect a leader; otherwise the host is always the leader */
    public Leadership(boolean isShared) {
        this.isShared = isShared;
    }

    /** Whether other hosts write the database too. */
    public boolean isShared() {
        return isShared;
    }

    public boolean isMine() {
        return !isShared || epoch > 0;
    }

    public void begin(long elected) {
        epoch = elected;
    }

    /** For any thread. */
    public void end() {
        epoch = 0;
    }

    /** Locks the row of the election until the transaction ends; false if this host is no longer the leader. */
    public boolean hold(Session session) throws SQLException {
        if (!isShared) {
            return true;
        }
        long mine = epoch;
        if (mine > 0 && session.joinsStatements()) {
            session.finds(HOLD, isHeld -> require(mine, isHeld), mine);
            return true;
        }
        if (mine > 0 && session.list(HOLD, row -> row.getLong(1), mine).isEmpty()) {
            epoch = 0;
        }
        return epoch > 0;
    }

    private void require(long mine, boolean isHeld) throws SQLException {
        if (!isHeld) {
            epoch = epoch == mine ? 0 : epoch;
            throw new SQLTransactionRollbackException(
                    "another host was elected", "40001"); // to be tried again without the lead
        }
    }
}

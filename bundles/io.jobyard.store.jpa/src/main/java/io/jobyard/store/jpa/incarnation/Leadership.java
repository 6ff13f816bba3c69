// SPDX-License-Identifier: Apache-2.0
package io.jobyard.store.jpa.incarnation;

import io.jobyard.store.jpa.sql.Session;
import java.sql.SQLException;
import java.sql.SQLTransactionRollbackException;

/**
 * Leadership of this host: whether it is the host that starts jobs, and by which election. A transaction that starts jobs locks the row of
 * the election until its commit. So it precedes the next election, or starts no jobs.
 */
public final class Leadership {

    private static final String HOLD = "SELECT epoch FROM leader WHERE epoch = ? FOR KEY SHARE";

    private final boolean isShared;
    private volatile long epoch;

    /** @param isShared whether hosts share the database and elect a leader; otherwise the host is always the leader */
    public Leadership(boolean isShared) {
        this.isShared = isShared;
    }

    /** Returns whether other hosts write to the database. */
    public boolean isShared() {
        return isShared;
    }

    public boolean isMine() {
        return !isShared || epoch > 0;
    }

    public void begin(long elected) {
        epoch = elected;
    }

    /** Ends the leadership. For any thread. */
    public void end() {
        epoch = 0;
    }

    /** Locks the row of the election until the transaction ends. Returns false if this host is no longer the leader. */
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
                    "another host was elected", "40001"); // a retry then runs without the leadership
        }
    }
}

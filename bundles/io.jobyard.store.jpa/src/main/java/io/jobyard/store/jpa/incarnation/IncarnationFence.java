// SPDX-License-Identifier: Apache-2.0
package io.jobyard.store.jpa.incarnation;

import io.jobyard.store.jpa.sql.Session;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;

/**
 * Allows a transaction only while the incarnation of its host is alive. Another host that takes over the database ends the row of the
 * previous incarnation. A transaction locks that row until its commit, so it either precedes the takeover or fails.
 */
public final class IncarnationFence {

    private static final String LIVING = " FROM incarnation WHERE number = ? AND ended_at IS NULL";
    private static final String HELD = LIVING + " FOR KEY SHARE";
    private static final String HOLD = "SELECT number" + HELD;
    private static final String AWAIT = "SELECT number" + LIVING + " FOR UPDATE";

    private final int number;
    private final boolean isShared;
    private final Duration timeout;

    /**
     * @param number of the incarnation
     * @param timeout time after which an idle transaction that locks the row is ended; zero for the database's own value
     */
    public IncarnationFence(int number, boolean isShared, Duration timeout) {
        this.number = number;
        this.isShared = isShared;
        this.timeout = timeout;
    }

    /** Sets the timeout for idle transactions, so that a suspended host cannot block the others forever. */
    public void begin(Session session) throws SQLException {
        if (isShared && !timeout.isZero()) {
            try (Statement statement = session.connection().createStatement()) {
                statement.execute("SET idle_in_transaction_session_timeout = " + timeout.toMillis());
            }
        }
    }

    public int number() {
        return number;
    }

    /**
     * Returns an INSERT whose last parameter is the number of the incarnation. The statement locks the row of the incarnation. If the
     * incarnation has ended, a column becomes null, which the database rejects.
     */
    public String insert(String table, String... columns) {
        String names = String.join(", ", columns) + ", incarnation";
        String values = "?, ".repeat(columns.length) + (isShared ? "(" + HOLD + ")" : "?");
        return "INSERT INTO " + table + " (" + names + ") VALUES (" + values + ")";
    }

    /**
     * Waits for the end of every transaction that holds the row, because the last statement of a lost connection may reach the database
     * late.
     */
    public void awaitOthers(Session session) throws SQLException {
        hold(session, AWAIT);
    }

    /** Locks the row until the transaction ends. */
    public void hold(Session session) throws SQLException {
        hold(session, HOLD);
    }

    private void hold(Session session, String question) throws SQLException {
        if (isShared && session.list(question, row -> row.getInt(1), number).isEmpty()) {
            throw new FencedException();
        }
    }
}

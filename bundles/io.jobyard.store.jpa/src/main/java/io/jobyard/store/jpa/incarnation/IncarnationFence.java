// SPDX-License-Identifier: Apache-2.0
package io.jobyard.store.jpa.incarnation;

import io.jobyard.store.jpa.sql.Session;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;

/**
 * Allows a transaction to be stored only while the incarnation of its host lives. If several hosts can open the database, a host that takes
 * it over ends the row of the previous incarnation. A transaction locks that row until its commit, so it either precedes the takeover or
 * fails.
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

    /** A host that stands still between the question and the commit must not keep others out for ever. */
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
     * The statement for a row of this life, whose number is the last of its values. Holds the row of the incarnation; if that has ended,
     * the column is null, which the database refuses.
     */
    public String insert(String table, String... columns) {
        String names = String.join(", ", columns) + ", incarnation";
        String values = "?, ".repeat(columns.length) + (isShared ? "(" + HOLD + ")" : "?");
        return "INSERT INTO " + table + " (" + names + ") VALUES (" + values + ")";
    }

    /**
     * Waits for the end of every transaction that holds the row: the last statement of a lost connection may reach the
     * database later.
     */
    public void awaitOthers(Session session) throws SQLException {
        hold(session, AWAIT);
    }

    /** Holds the row until the transaction ends. */
    public void hold(Session session) throws SQLException {
        hold(session, HOLD);
    }

    private void hold(Session session, String question) throws SQLException {
        if (isShared && session.list(question, row -> row.getInt(1), number).isEmpty()) {
            throw new FencedException();
        }
    }
}

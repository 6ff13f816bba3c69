// SPDX-License-Identifier: Apache-2.0
package io.jobyard.store.jpa.rows;

import io.jobyard.api.HandlerName;
import io.jobyard.store.jpa.sql.Session;
import io.jobyard.store.jpa.sql.StatementBatch;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/**
 * Numbers of handlers, with a cache. A handler is one version of a type in one bundle. A new number becomes visible to other threads when
 * its transaction is committed. Only the committer assigns numbers; any thread may look up names.
 */
public final class HandlerTable {

    private static final String FIND = "SELECT id FROM handler_name WHERE version = ? AND bundle = ?";
    private static final String NAME = "SELECT version, bundle FROM handler_name WHERE id = ?";
    private static final String LAST = "SELECT MAX(id) FROM handler_name";
    private static final String INSERT = "INSERT INTO handler_name (id, version, bundle) VALUES (?,?,?)";
    /** Waits for another transaction that writes the same row. */
    private static final String UNLESS_TAKEN = " ON CONFLICT DO NOTHING";

    /** Maximum number of cached handlers. Each update of a bundle adds one. */
    private static final int REMEMBERED = 1_000;

    private final Map<HandlerName, Integer> numbers = new HashMap<>();
    private final Map<Integer, HandlerName> names = new HashMap<>();
    private final Map<HandlerName, Integer> fresh = new HashMap<>();
    private final boolean isShared;

    /** @param isShared whether other hosts write to the database */
    public HandlerTable(boolean isShared) {
        this.isShared = isShared;
    }

    /** Returns the number of a handler. A new number is written in the session's transaction. */
    public int number(Session session, HandlerName handler) throws SQLException {
        Integer written = fresh.get(handler);
        if (written != null) {
            return written;
        }
        synchronized (this) {
            Integer known = numbers.get(handler);
            if (known != null) {
                return known;
            }
        }
        OptionalInt found = find(session, handler);
        return found.isPresent() ? found.getAsInt() : write(session, handler);
    }

    private OptionalInt find(Session session, HandlerName handler) throws SQLException {
        List<Integer> found = session.list(FIND, row -> row.getInt(1), handler.version(), handler.bundle());
        if (found.isEmpty()) {
            return OptionalInt.empty();
        }
        remember(found.get(0), handler);
        return OptionalInt.of(found.get(0));
    }

    private int write(Session session, HandlerName handler) throws SQLException {
        while (true) {
            int number = session.list(LAST, row -> row.getInt(1)).get(0) + 1;
            StatementBatch insert = session.batch(isShared ? INSERT + UNLESS_TAKEN : INSERT);
            insert.number(number).text(handler.version()).text(handler.bundle()).add();
            if (insert.run()[0] == 1) {
                fresh.put(handler, number);
                return number;
            }
            OptionalInt found = find(session, handler); // another host may have assigned the number to another handler
            if (found.isPresent()) {
                return found.getAsInt();
            }
        }
    }

    public HandlerName name(Session session, int number) throws SQLException {
        synchronized (this) {
            HandlerName known = names.get(number);
            if (known != null) {
                return known;
            }
        }
        List<HandlerName> found =
                session.list(NAME, row -> new HandlerName(row.getString(1), row.getString(2)), number);
        if (found.isEmpty()) {
            throw new IllegalStateException("the database has no handler with number " + number);
        }
        remember(number, found.get(0));
        return found.get(0);
    }

    private synchronized void remember(int number, HandlerName handler) {
        if (names.size() >= REMEMBERED) {
            names.clear();
            numbers.clear();
        }
        names.put(number, handler);
        numbers.put(handler, number);
    }

    public void committed() {
        fresh.forEach((handler, number) -> remember(number, handler));
        fresh.clear();
    }

    public void rolledBack() {
        fresh.clear();
    }
}

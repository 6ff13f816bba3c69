// SPDX-License-Identifier: Apache-2.0
package io.jobyard.store.jpa;

import io.jobyard.api.HandlerName;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The numbers of handlers, remembered: a handler is one version from one bundle. A number given in a transaction is known
 * to others when that is committed. Numbers are given by the committer alone; names are looked up by any thread.
 */
final class HandlerTable {

    private static final String FIND = "SELECT id FROM handler_name WHERE version = ? AND bundle = ?";
    private static final String NAME = "SELECT version, bundle FROM handler_name WHERE id = ?";
    private static final String LAST = "SELECT MAX(id) FROM handler_name";
    private static final String INSERT = "INSERT INTO handler_name (id, version, bundle) VALUES (?,?,?)";
    /** Each update of a bundle brings a new one. */
    private static final int REMEMBERED = 1_000;

    private final Map<HandlerName, Integer> numbers = new HashMap<>();
    private final Map<Integer, HandlerName> names = new HashMap<>();
    private final Map<HandlerName, Integer> fresh = new HashMap<>();

    /** The number of a handler; a new one is written in the session's transaction. */
    int number(Session session, HandlerName handler) throws SQLException {
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
        List<Integer> found = session.list(FIND, row -> row.getInt(1), handler.version(), handler.bundle());
        if (!found.isEmpty()) {
            remember(found.get(0), handler);
            return found.get(0);
        }
        return write(session, handler);
    }

    private int write(Session session, HandlerName handler) throws SQLException {
        int number = session.list(LAST, row -> row.getInt(1)).get(0) + 1;
        StatementBatch insert = session.batch(INSERT);
        insert.number(number).text(handler.version()).text(handler.bundle()).add();
        insert.run();
        fresh.put(handler, number);
        return number;
    }

    HandlerName name(Session session, int number) throws SQLException {
        synchronized (this) {
            HandlerName known = names.get(number);
            if (known != null) {
                return known;
            }
        }
        List<HandlerName> found =
                session.list(NAME, row -> new HandlerName(row.getString(1), row.getString(2)), number);
        if (found.isEmpty()) {
            throw new IllegalStateException("the database knows no handler by " + number);
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

    void committed() {
        fresh.forEach((handler, number) -> remember(number, handler));
        fresh.clear();
    }

    void rolledBack() {
        fresh.clear();
    }
}

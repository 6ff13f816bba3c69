// SPDX-License-Identifier: Apache-2.0
package io.jobyard.store.jpa;

import io.jobyard.store.api.StoreDialect;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Questions about the rows of the feed, each answered by the index from one place on. */
final class FeedRows {

    /**
     * A row.
     *
     * @param total the bytes of all rows that there ever were, up to and with this one
     * @param body empty if it was not asked for
     */
    record Row(int incarnation, long number, Instant committed, long total, int bytes, byte[] body) {

        FeedContent content() {
            return FeedContent.read(incarnation, number, body);
        }
    }

    private static final String ORDER = " ORDER BY incarnation, number FETCH FIRST ? ROWS ONLY";
    private static final String DELETE = "DELETE FROM feed WHERE incarnation = ? AND number = ?";

    private final String first;
    private final String oldest;
    private final String inIncarnation;
    private final String later;
    private final String numbers;
    private final String incarnations;

    FeedRows(StoreDialect dialect) {
        String from = " FROM feed" + dialect.withIndex("feed_number");
        String row = "SELECT incarnation, number, committed_at, total, LENGTH(body), body" + from;
        first = row + ORDER;
        oldest = "SELECT incarnation, number, committed_at, total, LENGTH(body)" + from + ORDER;
        inIncarnation = row + " WHERE incarnation = ? AND number >= ?" + ORDER;
        later = row + " WHERE incarnation > ?" + ORDER;
        numbers = "SELECT number" + from + " WHERE incarnation = ? AND number >= ?" + ORDER;
        incarnations = "SELECT incarnation" + from + " WHERE incarnation > ?" + ORDER;
    }

    Optional<Row> first(Session session) throws SQLException {
        return session.list(first, FeedRows::whole, 1).stream().findFirst();
    }

    /** The first ones, without their bodies. */
    List<Row> oldest(Session session, int limit) throws SQLException {
        return session.list(oldest, row -> row(row, new byte[0]), limit);
    }

    /** From that place on; none only if there are none. */
    List<Row> from(Session session, int incarnation, long number, int limit) throws SQLException {
        List<Row> rows = session.list(inIncarnation, FeedRows::whole, incarnation, number, limit);
        return rows.isEmpty() ? session.list(later, FeedRows::whole, incarnation, limit) : rows;
    }

    /** The last one: found by steps that grow while something is behind them, as not every database reads an index backwards. */
    Optional<Row> last(Session session) throws SQLException {
        int incarnation = 0;
        for (Optional<Integer> next = next(session, incarnation); next.isPresent(); next = next(session, incarnation)) {
            incarnation = next.get();
        }
        long number = 0;
        for (long step = 1; step > 0; ) {
            Optional<Long> found = session.list(numbers, row -> row.getLong(1), incarnation, number + step, 1).stream()
                    .findFirst();
            number = found.orElse(number);
            step = found.isPresent() ? step * 2 : step / 2;
        }
        return from(session, incarnation, number, 1).stream().findFirst();
    }

    private Optional<Integer> next(Session session, int incarnation) throws SQLException {
        return session.list(incarnations, row -> row.getInt(1), incarnation, 1).stream()
                .findFirst();
    }

    static void delete(Session session, List<Row> rows) throws SQLException {
        StatementBatch batch = session.batch(DELETE);
        for (Row row : rows) {
            batch.number(row.incarnation()).number(row.number()).add();
        }
        batch.run();
    }

    private static Row whole(ResultSet row) throws SQLException {
        return row(row, row.getBytes(6));
    }

    private static Row row(ResultSet row, byte[] body) throws SQLException {
        return new Row(row.getInt(1), row.getLong(2), Utc.present(row, 3), row.getLong(4), row.getInt(5), body);
    }
}

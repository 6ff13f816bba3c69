// SPDX-License-Identifier: Apache-2.0
package io.jobyard.store.jpa.feed;

import io.jobyard.store.api.SqlDialect;
import io.jobyard.store.jpa.sql.Session;
import io.jobyard.store.jpa.sql.StatementBatch;
import io.jobyard.store.jpa.sql.Utc;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Queries of the feed's rows. Each query is a range of the primary key's index. */
public final class FeedRows {

    /**
     * Row of the feed.
     *
     * @param total size in bytes of all rows up to and including this one, including removed rows
     * @param body content; empty if it was not requested
     */
    public record FeedRow(int incarnation, long number, Instant committed, long total, int bytes, byte[] body) {

        FeedContent content() {
            return FeedContent.read(incarnation, number, body);
        }

        FeedPosition end() {
            return new FeedPosition(incarnation, number, content().events().size());
        }

        public FeedStates states() {
            return FeedStates.read(incarnation, number, body);
        }

        FeedContent content(FeedContent.FeedNames names) throws SQLException {
            return FeedContent.read(incarnation, number, body, names);
        }
    }

    private static final String ORDER = " ORDER BY incarnation, number FETCH FIRST ? ROWS ONLY";
    /** Row limit of a query. It exceeds the number of rows that other hosts commit during one commit of this host. */
    public static final int MANY = 500;

    /** A part of a union: not every database allows one with its own order except as a derived table. */
    private static final String PART = "SELECT * FROM (";

    private static final String FIRST_OF_MANY =
            " ORDER BY incarnation, number FETCH FIRST " + MANY + " ROWS ONLY) AS part";
    private static final String FIRST = " ORDER BY incarnation, number FETCH FIRST 1 ROWS ONLY) AS part";
    private static final String DELETE = "DELETE FROM feed WHERE incarnation = ? AND number = ?";

    private final String first;
    private final String oldest;
    private final String oldestOf;
    private final String inIncarnation;
    private final String later;
    private final String numbers;
    private final String incarnations;
    private final String behindOne;
    private final String behindAbove;
    private final String timeOfOne;
    private final String timeAbove;

    public FeedRows(SqlDialect dialect) {
        String from = " FROM feed" + dialect.withIndex("feed_number");
        String row = "SELECT incarnation, number, committed_at, total, LENGTH(body), body" + from;
        behindOne = PART + row + " WHERE incarnation = ? AND number > ?" + FIRST_OF_MANY;
        behindAbove = PART + row + " WHERE incarnation > ?" + FIRST_OF_MANY;
        String time = PART + "SELECT committed_at" + from;
        timeOfOne = time + " WHERE incarnation = ? AND number > ?" + FIRST;
        timeAbove = time + " WHERE incarnation > ?" + FIRST;
        first = row + ORDER;
        oldest = "SELECT incarnation, number, committed_at, total, LENGTH(body)" + from + ORDER;
        oldestOf = "SELECT incarnation, number, committed_at, total, LENGTH(body)" + from + " WHERE incarnation = ?"
                + ORDER;
        inIncarnation = row + " WHERE incarnation = ? AND number >= ?" + ORDER;
        later = row + " WHERE incarnation > ?" + ORDER;
        numbers = "SELECT number" + from + " WHERE incarnation = ? AND number >= ?" + ORDER;
        incarnations = "SELECT incarnation" + from + " WHERE incarnation > ?" + ORDER;
    }

    Optional<FeedRow> first(Session session) throws SQLException {
        return session.list(first, FeedRows::whole, 1).stream().findFirst();
    }

    /** Returns the first row, without its body. */
    public Optional<FeedRow> oldest(Session session) throws SQLException {
        return session.list(oldest, row -> row(row, new byte[0]), 1).stream().findFirst();
    }

    /** Returns the first rows of an incarnation, without their bodies. */
    public List<FeedRow> oldest(Session session, int incarnation, int limit) throws SQLException {
        return session.list(oldestOf, row -> row(row, new byte[0]), incarnation, limit);
    }

    /** Returns rows of an incarnation from this number on; empty only if no later row exists. */
    public List<FeedRow> from(Session session, int incarnation, long number, int limit) throws SQLException {
        List<FeedRow> rows = session.list(inIncarnation, FeedRows::whole, incarnation, number, limit);
        return rows.isEmpty() ? session.list(later, FeedRows::whole, incarnation, limit) : rows;
    }

    /** Returns rows of an incarnation after this number. */
    List<FeedRow> of(Session session, int incarnation, long number, int limit) throws SQLException {
        return session.list(inIncarnation, FeedRows::whole, incarnation, number, limit);
    }

    /**
     * Returns the number of an incarnation's last row; 0 if it has no rows. Searches with growing steps, because not every database reads
     * an index backwards.
     */
    public long lastNumber(Session session, int incarnation) throws SQLException {
        long number = 0;
        for (long step = 1; step > 0; ) {
            Optional<Long> found = session.list(numbers, row -> row.getLong(1), incarnation, number + step, 1).stream()
                    .findFirst();
            number = found.orElse(number);
            step = found.isPresent() ? step * 2 : step / 2;
        }
        return number;
    }

    /** Returns the last row of an incarnation. */
    public Optional<FeedRow> lastOf(Session session, int incarnation) throws SQLException {
        return of(session, incarnation, lastNumber(session, incarnation), 1).stream()
                .findFirst();
    }

    /** Returns the incarnations with rows, from this incarnation on. */
    public List<Integer> lives(Session session, int from) throws SQLException {
        List<Integer> lives = new ArrayList<>();
        for (Optional<Integer> next = next(session, from - 1); next.isPresent(); next = next(session, next.get())) {
            lives.add(next.get());
        }
        return lives;
    }

    /**
     * Returns all rows after these positions, and all rows of incarnations with a number above {@code above}. The rows of each incarnation
     * are in order.
     */
    List<FeedRow> behind(Session session, Map<Integer, Long> positions, int above) throws SQLException {
        Map<Integer, Long> from = new TreeMap<>(positions);
        List<FeedRow> all = new ArrayList<>();
        for (int highest = above, found = MANY; found >= MANY; ) {
            List<FeedRow> next = some(session, from, highest);
            for (FeedRow row : next) {
                while (highest < row.incarnation()) {
                    from.put(++highest, 0L);
                }
                from.put(row.incarnation(), row.number());
            }
            all.addAll(next);
            found = next.size();
        }
        return all;
    }

    /** Returns the first rows after a cursor; all of them if fewer than {@value #MANY}. */
    public List<FeedRow> some(Session session, FeedVector behind) throws SQLException {
        return some(session, numbers(behind), highest(behind));
    }

    /** Returns the commit time of the first row after a cursor; empty if no such row exists. */
    public Optional<Instant> firstTime(Session session, FeedVector behind) throws SQLException {
        String sql = timesBehind(behind.positions().size());
        return session.list(sql, row -> Utc.present(row, 1), values(numbers(behind), highest(behind))).stream()
                .min(Comparator.naturalOrder());
    }

    /** Commits. Returns whether {@link #behind} would find rows after these positions. */
    boolean commitFinding(Session session, Map<Integer, Long> positions, int above) throws SQLException {
        return session.commitFinding(timesBehind(positions.size()), values(positions, above));
    }

    private String timesBehind(int positions) {
        return (timeOfOne + " UNION ALL ").repeat(positions) + timeAbove;
    }

    private static Object[] values(Map<Integer, Long> positions, int above) {
        List<Object> values = new ArrayList<>();
        positions.forEach((life, number) -> values.addAll(List.of(life, number)));
        values.add(above);
        return values.toArray();
    }

    private static Map<Integer, Long> numbers(FeedVector vector) {
        Map<Integer, Long> numbers = new TreeMap<>();
        vector.positions().forEach((life, position) -> numbers.put(life, position.number()));
        return numbers;
    }

    private static int highest(FeedVector vector) {
        return vector.isEmpty() ? 0 : vector.positions().lastKey();
    }

    /**
     * Returns the end of the feed.
     *
     * @param living incarnations that may still write
     */
    public FeedVector newest(Session session, Set<Integer> living) throws SQLException {
        FeedVector newest = FeedVector.start();
        last(session).ifPresent(row -> newest.read(row.end()));
        for (int life : living) {
            lastOf(session, life).ifPresent(row -> newest.read(row.end()));
        }
        newest.keep(living);
        return newest;
    }

    /**
     * Returns the first rows after the positions. Each part of the query has its own limit. Otherwise the database, which plans without the
     * values, would read the whole feed.
     */
    private List<FeedRow> some(Session session, Map<Integer, Long> positions, int above) throws SQLException {
        String sql = (behindOne + " UNION ALL ").repeat(positions.size()) + behindAbove;
        List<FeedRow> rows = session.list(sql, FeedRows::whole, values(positions, above));
        rows.sort(Comparator.comparingInt(FeedRow::incarnation).thenComparingLong(FeedRow::number));
        return rows;
    }

    /** Returns the last row. */
    public Optional<FeedRow> last(Session session) throws SQLException {
        List<Integer> lives = lives(session, 0);
        return lives.isEmpty() ? Optional.empty() : lastOf(session, lives.get(lives.size() - 1));
    }

    private Optional<Integer> next(Session session, int incarnation) throws SQLException {
        return session.list(incarnations, row -> row.getInt(1), incarnation, 1).stream()
                .findFirst();
    }

    public static void delete(Session session, List<FeedRow> rows) throws SQLException {
        StatementBatch batch = session.batch(DELETE);
        for (FeedRow row : rows) {
            batch.number(row.incarnation()).number(row.number()).add();
        }
        batch.run();
    }

    private static FeedRow whole(ResultSet row) throws SQLException {
        return row(row, row.getBytes(6));
    }

    private static FeedRow row(ResultSet row, byte[] body) throws SQLException {
        return new FeedRow(row.getInt(1), row.getLong(2), Utc.present(row, 3), row.getLong(4), row.getInt(5), body);
    }
}

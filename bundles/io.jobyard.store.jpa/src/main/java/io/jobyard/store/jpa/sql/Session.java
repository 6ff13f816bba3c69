// SPDX-License-Identifier: Apache-2.0
package io.jobyard.store.jpa.sql;

import com.zaxxer.hikari.HikariDataSource;
import io.jobyard.api.JobId;
import io.jobyard.store.api.MessageDialect;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A connection with the statements prepared on it. For one thread. */
public final class Session implements AutoCloseable {

    /** Reads one row. */
    public interface RowReader<T> {
        T read(ResultSet row) throws SQLException;
    }

    /** Receives whether a query has found a row. */
    public interface FoundAnswer {
        void take(boolean isFound) throws SQLException;
    }

    private static final Logger LOG = LoggerFactory.getLogger(Session.class);

    /** Sizes of lists in queries. There are few, so that few statements are compiled. */
    private static final int[] SIZES = {1, 8, 64};

    private final Connection connection;
    private final Map<String, StatementBatch> batches = new HashMap<>();
    private final Map<String, PreparedStatement> queries = new HashMap<>();
    private final RowSender sender;
    private final @Nullable StatementMessage message;

    public Session(Connection connection) {
        this.connection = connection;
        message = null;
        sender = new SingleStatements(connection);
    }

    /** Creates a session that sends several statements in one message. */
    public Session(Connection connection, MessageDialect dialect) {
        this.connection = connection;
        message = new StatementMessage(connection, dialect);
        sender = message;
    }

    public Connection connection() {
        return connection;
    }

    /** Returns the batch of a statement. The session has one for each statement. */
    public StatementBatch batch(String sql) {
        return batches.computeIfAbsent(sql, one -> new StatementBatch(one, sender));
    }

    /** Returns whether several statements are sent in one message. Only then {@link #finds} and {@link #commitFinding} are available. */
    public boolean joinsStatements() {
        return message != null;
    }

    /** Adds to the next message the query whether a row exists. The answer arrives before the transaction ends. */
    public void finds(String sql, FoundAnswer answer, Object... values) throws SQLException {
        joined().ask(sql, values(values), answered -> answer.take(isFound(answered)));
    }

    /** Commits, and returns whether a row existed at the last moment before. */
    public boolean commitFinding(String sql, Object... values) throws SQLException {
        boolean[] found = {false};
        joined().commit(sql, values(values), answered -> found[0] = isFound(answered));
        return found[0];
    }

    /** Sends the collected statements, and waits for their answers. */
    public void flush() throws SQLException {
        if (message != null) {
            message.flush();
        }
    }

    public void commit() throws SQLException {
        flush();
        connection.commit();
    }

    /** Discards all uncommitted changes, those not yet sent included. If this fails, {@link #discard} the session. */
    public void rollback() throws SQLException {
        batches.clear();
        sender.clear();
        connection.rollback();
    }

    private StatementMessage joined() {
        return Objects.requireNonNull(message, "statements are sent one by one");
    }

    private static boolean isFound(PreparedStatement answered) throws SQLException {
        try (ResultSet rows = answered.getResultSet()) {
            return rows.next();
        }
    }

    private static List<SqlValue> values(Object... values) {
        return Stream.of(values).map(Session::column).map(SqlValue::of).toList();
    }

    /** Runs a query with a list of IDs in place of {@code (?)}. */
    public <T> List<T> in(String sql, Collection<JobId> ids, RowReader<T> reader) throws SQLException {
        return in(sql, reader, Ids.chunks(ids));
    }

    /** Runs a query with a list of values that are not job IDs. */
    public <T> List<T> inBytes(String sql, List<byte[]> values, RowReader<T> reader) throws SQLException {
        return in(sql, reader, Ids.chunks(values));
    }

    private <T> List<T> in(String sql, RowReader<T> reader, List<List<byte[]>> chunks) throws SQLException {
        List<T> found = new ArrayList<>();
        for (List<byte[]> chunk : chunks) {
            PreparedStatement query = query(sized(sql, chunk.size()));
            for (int n = 0; n < chunk.size(); n++) {
                query.setBytes(n + 1, chunk.get(n));
            }
            read(query, reader, found);
        }
        return found;
    }

    /** Returns the query with a list of this size in place of {@code (?)}. */
    public static String sized(String sql, int size) {
        return sql.replace("(?)", "(?" + ",?".repeat(size - 1) + ")");
    }

    /** Runs a query with a list of numbers in place of {@code (?)}. */
    public void inNumbers(String sql, Collection<Integer> numbers, RowReader<?> reader) throws SQLException {
        List<Integer> all = List.copyOf(numbers);
        int largest = SIZES[SIZES.length - 1];
        for (int from = 0; from < all.size(); from += largest) {
            List<Integer> chunk = all.subList(from, Math.min(from + largest, all.size()));
            int size = chunk.size() == 1 ? 1 : chunk.size() <= SIZES[1] ? SIZES[1] : largest;
            List<Object> values = new ArrayList<>();
            for (int n = 0; n < size; n++) {
                values.add(chunk.get(Math.min(n, chunk.size() - 1)));
            }
            list(sized(sql, size), reader, values.toArray());
        }
    }

    public PreparedStatement query(String sql) throws SQLException {
        if (message != null) {
            message.flushRows(); // the query may depend on these rows
        }
        PreparedStatement query = queries.get(sql);
        if (query == null) {
            query = connection.prepareStatement(sql);
            queries.put(sql, query);
        }
        return query;
    }

    /** Runs a query with values for its parameters: IDs, instants, texts and numbers. */
    public <T> List<T> list(String sql, RowReader<T> reader, Object... values) throws SQLException {
        PreparedStatement query = query(sql);
        for (int n = 0; n < values.length; n++) {
            query.setObject(n + 1, column(values[n]));
        }
        return list(query, reader);
    }

    private static Object column(Object value) {
        if (value instanceof JobId id) {
            return Ids.bytes(id.value());
        } else if (value instanceof UUID id) {
            return Ids.bytes(id);
        }
        if (value instanceof String text) {
            return StatementBatch.storable(text);
        }
        return value instanceof Instant instant ? Utc.micros(instant) : value;
    }

    private <T> List<T> list(PreparedStatement query, RowReader<T> reader) throws SQLException {
        List<T> found = new ArrayList<>();
        read(query, reader, found);
        return found;
    }

    private static <T> void read(PreparedStatement query, RowReader<T> reader, List<T> found) throws SQLException {
        try (ResultSet rows = query.executeQuery()) {
            while (rows.next()) {
                found.add(reader.read(rows));
            }
        }
    }

    @Override
    public void close() throws SQLException {
        connection.close(); // the pool closes the prepared statements
    }

    /**
     * Aborts the connection and removes it from the pool, which discards uncommitted changes. A failed connection must not be reused: if
     * its rollback also fails, the pool would pass the rows to the next user, who commits them.
     */
    public void discard(DataSource pool) {
        try {
            abort();
        } finally {
            evict(pool);
        }
    }

    /** Aborts a connection that does not belong to a pool. */
    public void abort() {
        try {
            connection.abort(Runnable::run);
        } catch (SQLException | RuntimeException e) {
            LOG.debug("A connection was already gone", e);
        }
    }

    /** Makes the pool open new connections. One connection has died, and the other connections may have died with it. */
    public static void renew(DataSource pool) {
        try {
            pool.unwrap(HikariDataSource.class).getHikariPoolMXBean().softEvictConnections();
        } catch (SQLException e) {
            throw new IllegalStateException("connections come from a pool", e);
        }
    }

    /** Returns a source of separate connections, for callers that cannot wait for a free connection of the pool. */
    public static DataSource unpooled(DataSource pool) {
        try {
            return pool.unwrap(HikariDataSource.class).getDataSource();
        } catch (SQLException e) {
            throw new IllegalStateException("connections come from a pool", e);
        }
    }

    private void evict(DataSource pool) {
        try {
            pool.unwrap(HikariDataSource.class).evictConnection(connection);
        } catch (SQLException e) {
            throw new IllegalStateException("connections come from a pool", e);
        }
    }
}

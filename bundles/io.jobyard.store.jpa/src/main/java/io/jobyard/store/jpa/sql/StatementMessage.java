// SPDX-License-Identifier: Apache-2.0
package io.jobyard.store.jpa.sql;

import io.jobyard.store.api.MessageDialect;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Sender that collects statements and sends them as one message, in order. A statement with few rows is repeated for each row. A statement
 * with many rows is a separate message, or takes the rows as arrays if it adds jobs. Only for one thread.
 */
final class StatementMessage implements RowSender {

    /**
     * Number of rows up to which a statement is repeated. More rows are cheaper in a separate message, because the database compiles each
     * text with its repetitions.
     */
    private static final int FEW = 4;
    /** Maximum number of statements in a message. It bounds the number of different messages, each of which the database compiles. */
    private static final int MOST_PARTS = 32;

    private static final int KEPT = 128;

    /** Receives the answer to a part of a message. */
    interface PartAnswer {
        void take(PreparedStatement answered) throws SQLException;
    }

    private record MessagePart(
            String sql, List<SqlValue> values, List<Array> arrays, PartAnswer answer, boolean isAsked) {}

    private final Connection connection;
    private final MessageDialect dialect;
    private final SingleStatements batches;
    private final List<MessagePart> parts = new ArrayList<>();
    private final Map<String, PreparedStatement> messages = new LinkedHashMap<>(16, 0.75f, true);
    private final Map<String, String> arrayForms = new LinkedHashMap<>();

    StatementMessage(Connection connection, MessageDialect dialect) {
        this.connection = connection;
        this.dialect = dialect;
        batches = new SingleStatements(connection);
    }

    @Override
    public int[] send(String sql, List<List<SqlValue>> rows) throws SQLException {
        RowCounts counts = later(sql, rows);
        flush();
        return counts.get();
    }

    @Override
    public RowCounts later(String sql, List<List<SqlValue>> rows) throws SQLException {
        int[] counts = new int[rows.size()];
        if (rows.size() <= FEW) {
            for (int n = 0; n < counts.length; n++) {
                int row = n;
                add(new MessagePart(
                        sql,
                        rows.get(n),
                        List.of(),
                        answered -> counts[row] = Math.max(0, answered.getUpdateCount()),
                        false));
            }
        } else if (ArrayInsert.isFor(sql)) {
            String form = arrayForms.computeIfAbsent(sql, one -> ArrayInsert.sql(dialect, one, rows.get(0)));
            add(new MessagePart(form, List.of(), ArrayInsert.arrays(connection, dialect, rows), answered -> {}, false));
            Arrays.fill(counts, 1);
        } else {
            flushRows();
            int[] sent = batches.send(sql, rows);
            return () -> sent;
        }
        return () -> {
            flush();
            return counts;
        };
    }

    /** Adds a query whose answer must arrive before the transaction ends. */
    void ask(String sql, List<SqlValue> values, PartAnswer answer) throws SQLException {
        add(new MessagePart(sql, values, List.of(), answer, true));
    }

    private void add(MessagePart part) throws SQLException {
        if (parts.size() == MOST_PARTS) {
            flush();
        }
        parts.add(part);
    }

    /** Sends the collected statements, unless all are queries, which may be answered later. */
    void flushRows() throws SQLException {
        if (!parts.stream().allMatch(MessagePart::isAsked)) {
            flush();
        }
    }

    /** Sends the collected statements and waits for the answers. */
    void flush() throws SQLException {
        if (parts.isEmpty()) {
            return;
        }
        List<MessagePart> sent = List.copyOf(parts);
        parts.clear();
        PreparedStatement message = message(sent.stream().map(MessagePart::sql).collect(Collectors.joining("; ")));
        int position = 0;
        for (MessagePart part : sent) {
            for (SqlValue value : part.values()) {
                value.set(message, ++position);
            }
            for (Array array : part.arrays()) {
                message.setArray(++position, array);
            }
        }
        message.execute();
        for (int n = 0; n < sent.size(); n++) {
            if (n > 0) {
                message.getMoreResults();
            }
            sent.get(n).answer().take(message);
        }
    }

    /**
     * Commits. The commit is part of the last message unless it depends on the answer to a query.
     *
     * @param last query to execute immediately before the commit
     */
    void commit(String last, List<SqlValue> values, PartAnswer answer) throws SQLException {
        if (parts.stream().anyMatch(MessagePart::isAsked)) {
            flush();
        }
        if (!last.isEmpty()) {
            add(new MessagePart(last, values, List.of(), answer, false));
        }
        add(new MessagePart("COMMIT", List.of(), List.of(), done -> {}, false));
        flush();
    }

    @Override
    public void clear() throws SQLException {
        parts.clear();
        batches.clear();
    }

    private PreparedStatement message(String sql) throws SQLException {
        PreparedStatement message = messages.get(sql);
        if (message == null) {
            if (messages.size() == KEPT) {
                var eldest = messages.entrySet().iterator();
                eldest.next().getValue().close();
                eldest.remove();
            }
            message = connection.prepareStatement(sql);
            messages.put(sql, message);
        }
        return message;
    }
}

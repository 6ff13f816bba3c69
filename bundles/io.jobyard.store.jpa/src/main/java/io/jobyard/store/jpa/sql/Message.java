// SPDX-License-Identifier: Apache-2.0
package io.jobyard.store.jpa.sql;

import io.jobyard.store.api.StatementMessages;
import io.jobyard.store.api.StatementMessages.ArrayStatement;
import java.sql.Connection;
import java.sql.JDBCType;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Statements that go to the database as one message, in their order, and are answered together. Each waits until an answer is needed or
 * the transaction is committed. For one thread.
 */
final class Message {

    /** So many rows of a statement that takes one at a time go with the message: each number of them is another message to be planned. */
    private static final int FEW = 3;

    /** A value of a mark; the type null leaves it to the driver. */
    private record Value(@Nullable JDBCType type, @Nullable Object value) {

        void set(PreparedStatement statement, int position) throws SQLException {
            if (value instanceof java.sql.Array array) {
                statement.setArray(position, array);
            } else if (type == null) {
                statement.setObject(position, value);
            } else {
                DirectBatch.set(statement, position, type, value);
            }
        }
    }

    /** Takes the answer to one statement. */
    private interface Reader<T> {
        T read(PreparedStatement statement) throws SQLException;
    }

    /** A statement on its way. */
    private final class Part<T> implements Answer<T> {

        private final String sql;
        private final List<Value> values;
        private final Reader<T> reader;
        private @Nullable T answer;

        Part(String sql, List<Value> values, Reader<T> reader) {
            this.sql = sql;
            this.values = values;
            this.reader = reader;
        }

        void read(PreparedStatement statement) throws SQLException {
            answer = reader.read(statement);
        }

        @Override
        public T get() throws SQLException {
            if (answer == null) {
                send();
            }
            if (answer == null) {
                throw new IllegalStateException("the message of this statement has failed: " + sql);
            }
            return answer;
        }
    }

    private final Connection connection;
    private final StatementMessages messages;
    private List<Part<?>> parts = new ArrayList<>();

    Message(Connection connection, StatementMessages messages) {
        this.connection = connection;
        this.messages = messages;
    }

    /** Adds a question whose answer is short: behind it, more may be sent before the answer is read. */
    <T> Answer<List<T>> question(String sql, List<?> values, Session.RowReader<T> reader) {
        return add(
                sql,
                values.stream().map(value -> new Value(null, value)).toList(),
                statement -> Session.read(statement.getResultSet(), reader));
    }

    /** Adds a question about a list of ids. */
    <T> Answer<List<T>> question(String sql, Session.RowReader<T> reader, List<byte[]> ids) throws SQLException {
        return question(messages.forList(sql), List.of(messages.array(connection, JDBCType.VARBINARY, ids)), reader);
    }

    /** Adds the rows of a statement; how many rows of the table each has changed. */
    Answer<int[]> rows(String sql, List<JDBCType> types, List<Object[]> rows) throws SQLException {
        Optional<ArrayStatement> all = rows.size() == 1 ? Optional.empty() : messages.forRows(sql, types);
        if (all.isPresent()) {
            return arrays(all.get(), types, rows);
        }
        return rows.size() <= FEW ? oneByOne(sql, types, rows) : apart(sql, types, rows);
    }

    private Answer<int[]> arrays(ArrayStatement statement, List<JDBCType> types, List<Object[]> rows)
            throws SQLException {
        List<Value> values = new ArrayList<>();
        for (int column : statement.columns()) {
            List<@Nullable Object> one = new ArrayList<>();
            for (Object[] row : rows) {
                one.add(row[column]);
            }
            values.add(new Value(null, messages.array(connection, types.get(column), one)));
        }
        if (statement.isNumbered()) {
            return add(statement.sql(), values, answer -> {
                int[] counts = new int[rows.size()];
                Session.read(answer.getResultSet(), row -> counts[row.getInt(1) - 1] = 1);
                return counts;
            });
        }
        Answer<Integer> count = add(statement.sql(), values, answer -> answer.getUpdateCount());
        return () -> {
            if (count.get() != rows.size()) {
                throw new IllegalStateException("it is not known which rows were stored: " + statement.sql());
            }
            int[] counts = new int[rows.size()];
            Arrays.fill(counts, 1);
            return counts;
        };
    }

    private Answer<int[]> oneByOne(String sql, List<JDBCType> types, List<Object[]> rows) {
        List<Answer<Integer>> sent = new ArrayList<>();
        for (Object[] row : rows) {
            List<Value> values = new ArrayList<>();
            for (int n = 0; n < row.length; n++) {
                values.add(new Value(types.get(n), row[n]));
            }
            sent.add(add(sql, values, answer -> answer.getUpdateCount()));
        }
        return () -> {
            int[] counts = new int[sent.size()];
            for (int n = 0; n < counts.length; n++) {
                counts[n] = sent.get(n).get();
            }
            return counts;
        };
    }

    private Answer<int[]> apart(String sql, List<JDBCType> types, List<Object[]> rows) throws SQLException {
        send();
        try (DirectBatch batch = new DirectBatch(connection.prepareStatement(sql))) {
            for (Object[] row : rows) {
                for (int n = 0; n < row.length; n++) {
                    batch.put(types.get(n), row[n]);
                }
                batch.add();
            }
            return batch.send();
        }
    }

    private <T> Part<T> add(String sql, List<Value> values, Reader<T> reader) {
        Part<T> part = new Part<>(sql, values, reader);
        parts.add(part);
        return part;
    }

    /** Sends what waits, with the commit. */
    void commit() throws SQLException {
        if (parts.isEmpty()) {
            connection.commit();
        } else {
            add("COMMIT", List.of(), answer -> true);
            send();
        }
    }

    /** Sends what waits. */
    void send() throws SQLException {
        List<Part<?>> sent = parts;
        parts = new ArrayList<>();
        if (sent.isEmpty()) {
            return;
        }
        String sql = String.join(";", sent.stream().map(part -> part.sql).toList());
        try (PreparedStatement statement =
                connection.prepareStatement(sql)) { // the driver keeps those that were prepared
            int position = 0;
            for (Part<?> part : sent) {
                for (Value value : part.values) {
                    value.set(statement, ++position);
                }
            }
            statement.execute();
            for (Part<?> part : sent) {
                part.read(statement);
                statement.getMoreResults();
            }
        }
    }
}

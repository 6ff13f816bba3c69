// SPDX-License-Identifier: Apache-2.0
package io.jobyard.store.jpa.sql;

import java.sql.JDBCType;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The rows of a statement, which go with the next message. */
final class MessageBatch extends StatementBatch {

    private final String sql;
    private final Message message;
    private final List<JDBCType> types = new ArrayList<>();
    private final List<@Nullable Object> row = new ArrayList<>();
    private List<Object[]> rows = new ArrayList<>();

    MessageBatch(String sql, Message message) {
        this.sql = sql;
        this.message = message;
    }

    @Override
    void put(JDBCType type, @Nullable Object value) {
        if (row.size() == types.size()) {
            types.add(type); // those of the first row are those of all
        }
        row.add(value);
    }

    @Override
    public void add() {
        rows.add(row.toArray());
        row.clear();
    }

    @Override
    public Answer<int[]> send() throws SQLException {
        List<Object[]> sent = rows;
        rows = new ArrayList<>();
        return sent.isEmpty() ? () -> new int[0] : message.rows(sql, types, sent);
    }
}

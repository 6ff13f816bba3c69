// SPDX-License-Identifier: Apache-2.0
package io.jobyard.store.jpa.copy;

import io.jobyard.api.StoreException;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Writer for rows of a table, with many rows per commit. */
final class RowBatch {

    private static final long MOST_CHARACTERS = 4_000_000;

    private static final String PLACE = "INSERT INTO ready (lane, ready_at, id) VALUES (?,?,?)";

    private final CopiedStore store;
    private final RowShape shape;
    private final int most;
    private final boolean placesApart;
    private final int columns;
    private final String insert;
    private Object @Nullable [] first;
    private Object @Nullable [] last;
    private int rows;
    private long characters;

    /** @param most number of rows in a full batch */
    RowBatch(CopiedStore store, RowShape shape, int most) {
        this.store = store;
        this.shape = shape;
        this.most = most;
        boolean inRow = store.dialect().placesInRow();
        placesApart = shape.table().isJob() && !inRow;
        List<String> names = shape.columns(inRow);
        columns = names.size();
        insert = "INSERT INTO " + shape.table().name() + " (" + String.join(", ", names) + ") VALUES (?"
                + ",?".repeat(columns - 1) + ")";
    }

    void add(Object[] row) {
        first = rows == 0 ? row : first;
        last = row;
        rows++;
        store.ask(session -> {
            PreparedStatement statement = session.query(insert);
            for (int n = 0; n < columns; n++) {
                shape.kind(n).write(statement, n + 1, row[n]);
                characters += row[n] instanceof String text ? text.length() : 0;
            }
            statement.addBatch();
            if (placesApart && row[row.length - 1] != null) {
                addPosition(session.query(PLACE), row);
            }
            return true;
        });
    }

    private void addPosition(PreparedStatement statement, Object[] row) throws SQLException {
        statement.setObject(1, shape.value(row, RowShape.LANE), Types.BIGINT);
        statement.setObject(2, shape.value(row, "ready_at"), Types.BIGINT);
        statement.setBytes(3, (byte[]) shape.value(row, "id"));
        statement.addBatch();
    }

    boolean isFull() {
        return rows >= most || characters >= MOST_CHARACTERS;
    }

    /** Writes and commits the collected rows. */
    void send() {
        if (rows == 0) {
            return;
        }
        try {
            store.ask(session -> {
                session.query(insert).executeBatch();
                if (placesApart) {
                    session.query(PLACE).executeBatch();
                }
                session.connection().commit();
                return true;
            });
        } catch (StoreException e) {
            throw new StoreException(
                    e.getMessage() + ", while writing " + shape.name(Objects.requireNonNull(first)) + " up to "
                            + shape.name(Objects.requireNonNull(last)),
                    e);
        }
        rows = 0;
        characters = 0;
    }
}

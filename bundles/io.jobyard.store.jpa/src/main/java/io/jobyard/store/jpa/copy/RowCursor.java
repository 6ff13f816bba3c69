// SPDX-License-Identifier: Apache-2.0
package io.jobyard.store.jpa.copy;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Cursor over the rows of a copied table, in the order of its key. */
final class RowCursor implements AutoCloseable {

    /** Number of rows in memory; fewer for tables with texts, which may be several megabytes long. */
    private static final int FETCHED = 1_000;

    private static final int FETCHED_TEXTS = 8;

    private final CopiedStore store;
    private final RowShape shape;
    private final int columns;
    private final ResultSet rows;
    private final @Nullable ReadyCursor positions;
    private final @Nullable Iterator<Object[]> ordered;

    /** @param skipped number of rows to skip at the beginning */
    RowCursor(CopiedStore store, RowShape shape, long skipped) {
        this.store = store;
        this.shape = shape;
        boolean inRow = store.dialect().placesInRow();
        List<String> names = shape.columns(inRow);
        columns = names.size();
        CopiedTable table = shape.table();
        boolean byName = table.order() == CopiedTable.KeyOrder.BY_NAME;
        String sql = "SELECT " + String.join(", ", names) + " FROM " + table.name() + store.inOrderOf(table)
                + (byName ? "" : table.orderBy() + " OFFSET " + skipped + " ROWS");
        rows = store.ask(session -> {
            PreparedStatement query = session.query(sql);
            query.setFetchSize(table.name().equals("job_text") ? FETCHED_TEXTS : FETCHED);
            return query.executeQuery();
        });
        positions = table.isJob() && !inRow ? new ReadyCursor(store, skipped == 0) : null;
        ordered = byName ? ordered(skipped) : null;
    }

    private Iterator<Object[]> ordered(long skipped) {
        List<Object[]> all = new ArrayList<>();
        for (Object[] row = read(); row != null; row = read()) {
            all.add(row);
        }
        return all.stream().sorted(shape::compare).skip(skipped).iterator();
    }

    /** Returns the next row; null after the last row. */
    Object @Nullable [] next() {
        if (ordered != null) {
            return ordered.hasNext() ? ordered.next() : null;
        }
        return read();
    }

    private Object @Nullable [] read() {
        Object[] row = store.ask(
                        session -> rows.next() ? Optional.of(shape.read(rows, columns)) : Optional.<Object[]>empty())
                .orElse(null);
        if (positions == null) {
            return row;
        }
        if (row == null) {
            positions.end();
        } else {
            row[row.length - 1] = positions.lane(
                    (byte[]) Objects.requireNonNull(shape.value(row, "id")), (Long) shape.value(row, "ready_at"));
        }
        return row;
    }

    @Override
    public void close() {
        store.ask(session -> {
            rows.close();
            return true;
        });
        if (positions != null) {
            positions.close();
        }
    }
}

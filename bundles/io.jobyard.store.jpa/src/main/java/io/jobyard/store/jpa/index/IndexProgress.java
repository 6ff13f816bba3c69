// SPDX-License-Identifier: Apache-2.0
package io.jobyard.store.jpa.index;

import io.jobyard.api.EventCursor;
import io.jobyard.api.JobId;
import io.jobyard.store.jpa.feed.FeedVector;
import io.jobyard.store.jpa.sql.Ids;
import io.jobyard.store.jpa.sql.Session;
import io.jobyard.store.jpa.sql.StatementBatch;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Progress of the search index.
 *
 * @param cursor position in the feed up to which the index is current
 * @param unfilled ID below which older jobs are still missing from the index; null if none is
 */
public record IndexProgress(FeedVector cursor, @Nullable JobId unfilled) {

    private static final String READ = "SELECT feed_cursor, unfilled FROM search_progress WHERE id = 1";
    private static final String INSERT = "INSERT INTO search_progress (feed_cursor, unfilled, id) VALUES (?,?,?)";
    private static final String UPDATE = "UPDATE search_progress SET feed_cursor = ?, unfilled = ? WHERE id = ?";

    static Optional<IndexProgress> read(Session session) throws SQLException {
        return session.list(READ, IndexProgress::of).stream().findFirst();
    }

    private static IndexProgress of(ResultSet row) throws SQLException {
        byte[] unfilled = row.getBytes(2);
        EventCursor cursor = EventCursor.of(row.getString(1));
        return new IndexProgress(FeedVector.of(cursor).orElseThrow(), unfilled == null ? null : Ids.job(unfilled));
    }

    /**
     * Stores the progress.
     *
     * @param isStored whether a row to replace exists
     */
    public void write(Session session, boolean isStored) throws SQLException {
        StatementBatch row = session.batch(isStored ? UPDATE : INSERT);
        row.text(cursor.cursor().toString())
                .uuid(unfilled == null ? null : unfilled.value())
                .number(1)
                .add();
        row.run();
    }

    boolean isFilled() {
        return unfilled == null;
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.jobyard.store.jpa.rows;

import io.jobyard.api.EventCursor;
import io.jobyard.store.jpa.sql.Session;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Positions of followers. Only the committer writes them; any thread may read them. */
public final class FollowerTable {

    private static final String ONE = "SELECT place FROM follower WHERE name = ?";
    private static final String INSERT = "INSERT INTO follower (place, name) VALUES (?,?)";
    private static final String UNLESS_THERE = " ON CONFLICT (name) DO NOTHING";
    private static final String UPDATE = "UPDATE follower SET place = ? WHERE name = ? AND place = ?";

    private FollowerTable() {}

    public static Optional<EventCursor> find(Session session, String name) throws SQLException {
        return session.list(ONE, row -> EventCursor.of(row.getString(1)), name).stream()
                .findFirst();
    }

    /** Advances a follower. Returns false if it is at another position. */
    public static boolean advance(
            Session session, String name, @Nullable EventCursor before, EventCursor after, boolean isShared)
            throws SQLException {
        if (before == null && find(session, name).isPresent()) {
            return false;
        }
        PreparedStatement write = session.query(before != null ? UPDATE : isShared ? INSERT + UNLESS_THERE : INSERT);
        write.setString(1, after.toString());
        write.setString(2, name);
        if (before != null) {
            write.setString(3, before.toString());
        }
        return write.executeUpdate() == 1;
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.jobyard.store.jpa.rows;

import io.jobyard.store.jpa.sql.Session;
import io.jobyard.store.jpa.sql.StatementBatch;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Set;
import java.util.TreeSet;

/** Types that have ever had a handler. Only the committer writes them; any thread may read them. */
public final class ServedTypes {

    private static final String KNOWN = "SELECT type FROM handler_type WHERE type = ?";
    private static final String INSERT = "INSERT INTO handler_type (type, first_served_at) VALUES (?,?)";
    /** Ignores types that another host has inserted since the read. */
    private static final String UNLESS_KNOWN = " ON CONFLICT DO NOTHING";

    private static final String ALL = "SELECT type FROM handler_type";

    private ServedTypes() {}

    public static void add(Session session, Set<String> types, Instant now, boolean isShared) throws SQLException {
        StatementBatch insert = session.batch(isShared ? INSERT + UNLESS_KNOWN : INSERT);
        for (String type : types) {
            if (session.list(KNOWN, row -> row.getString(1), type).isEmpty()) {
                insert.text(type).instant(now).add();
            }
        }
        insert.later();
    }

    public static Set<String> read(Session session) throws SQLException {
        return new TreeSet<>(session.list(ALL, row -> row.getString(1)));
    }
}

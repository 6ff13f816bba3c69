// SPDX-License-Identifier: Apache-2.0
package io.jobyard.store.jpa.rows;

import io.jobyard.api.JobId;
import io.jobyard.spi.reads.JobReads;
import io.jobyard.store.api.SqlDialect;
import io.jobyard.store.jpa.sql.Ids;
import io.jobyard.store.jpa.sql.Session;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;

/** Search for jobs by the end of their IDs. */
public final class IdSearch {

    private static final String WITH_ID = "SELECT id FROM job WHERE id IN (?)";
    private static final int WHOLE = 32;

    private IdSearch() {}

    /** Returns the IDs with this end. Reads only the index of IDs; a complete ID is looked up directly. */
    public static List<JobId> find(Session session, SqlDialect dialect, String ending, int limit) throws SQLException {
        String wanted = ending.toLowerCase(Locale.ROOT);
        if (wanted.length() == WHOLE) {
            return session.in(WITH_ID, List.of(whole(wanted)), Ids::first);
        }
        List<JobId> found = new ArrayList<>();
        PreparedStatement query = session.query(
                "SELECT id FROM job" + dialect.withIndex("job_id") + " ORDER BY id DESC FETCH FIRST ? ROWS ONLY");
        query.setInt(1, JobReads.MOST_ENDINGS);
        try (ResultSet rows = query.executeQuery()) {
            while (found.size() < limit && rows.next()) {
                JobId id = Ids.first(rows);
                if (id.toString().replace("-", "").endsWith(wanted)) {
                    found.add(id);
                }
            }
        }
        return found;
    }

    private static JobId whole(String digits) {
        return new JobId(
                new UUID(Long.parseUnsignedLong(digits, 0, 16, 16), Long.parseUnsignedLong(digits, 16, 32, 16)));
    }
}

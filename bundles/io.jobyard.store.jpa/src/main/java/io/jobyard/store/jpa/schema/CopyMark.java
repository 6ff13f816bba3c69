// SPDX-License-Identifier: Apache-2.0
package io.jobyard.store.jpa.schema;

import io.jobyard.store.jpa.sql.Session;
import io.jobyard.store.jpa.sql.StatementBatch;
import java.sql.SQLException;

/**
 * Row of {@code schema_version} that exists while another store is copied into the database, so that no host of any version opens it. It
 * identifies the source by a stamp, which changes once a host uses the source.
 */
public final class CopyMark {

    /** Step number of the row. No script has this number. */
    public static final int STEP = 0;

    public static final String UNFINISHED =
            "the database is an incomplete copy of 'bin/jobyard move-store': run that command again,"
                    + " or use an empty database";

    private static final String SET = "INSERT INTO schema_version (step, checksum, taken_at) VALUES (?,?,?)";
    private static final String REMOVE = "DELETE FROM schema_version WHERE step = ?";

    private CopyMark() {}

    public static void set(Session session, String stamp) throws SQLException {
        StatementBatch row = session.batch(SET);
        row.number(STEP).text(stamp).number(1L).add();
        row.run();
    }

    public static void remove(Session session) throws SQLException {
        StatementBatch row = session.batch(REMOVE);
        row.number(STEP).add();
        row.run();
    }
}

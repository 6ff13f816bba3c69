// SPDX-License-Identifier: Apache-2.0
package io.jobyard.store.jpa.sql;

import java.sql.SQLException;
import java.util.List;

/** Sends rows of statements to the database, in order. */
public interface RowSender {

    /** How many rows of the table each row has changed. */
    interface RowCounts {

        /** Known from the next answer of the database on. */
        int[] get() throws SQLException;
    }

    /** Sends them and waits for the answer. */
    int[] send(String sql, List<List<SqlValue>> rows) throws SQLException;

    /** Sends them at the latest with the next statement whose answer is needed. */
    RowCounts later(String sql, List<List<SqlValue>> rows) throws SQLException;
}

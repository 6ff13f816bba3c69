// SPDX-License-Identifier: Apache-2.0
package io.jobyard.store.jpa.sql;

import java.sql.SQLException;
import java.util.List;

/** Sends rows of statements to the database, in order. */
public interface RowSender {

    /** Number of table rows that each sent row has changed. */
    interface RowCounts {

        /** Returns the numbers. They are available after the next answer of the database. */
        int[] get() throws SQLException;
    }

    /** Sends rows and waits for the answer. Returns the number of table rows that each has changed. */
    int[] send(String sql, List<List<SqlValue>> rows) throws SQLException;

    /** Sends rows, at the latest with the next statement whose answer is needed. */
    RowCounts later(String sql, List<List<SqlValue>> rows) throws SQLException;

    /** Discards rows that have not been sent. */
    void clear() throws SQLException;
}

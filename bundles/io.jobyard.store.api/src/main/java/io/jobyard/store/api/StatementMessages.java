// SPDX-License-Identifier: Apache-2.0
package io.jobyard.store.api;

import java.sql.Array;
import java.sql.Connection;
import java.sql.JDBCType;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/**
 * How statements travel where the driver sends several, divided by semicolons, as one message: the database answers them all
 * at once.
 */
@ProviderType
public interface StatementMessages {

    /**
     * A statement that does for all rows what another one does for a single row.
     *
     * @param sql with a mark for each array
     * @param columns which column of the rows each array holds; a column may occur twice
     * @param isNumbered whether the statement returns the numbers of the rows that it has changed, from 1; otherwise only the
     *     count is known
     */
    record ArrayStatement(String sql, List<Integer> columns, boolean isNumbered) {}

    /**
     * Finds the statement for many rows, whose plan must not depend on the size of the table.
     *
     * @param sql for a single row
     * @param types of its marks
     * @return the statement; empty if each row needs a statement of its own
     */
    Optional<ArrayStatement> forRows(String sql, List<JDBCType> types);

    /**
     * Lets a question take an array in place of a list of ids.
     *
     * @param sql with {@code IN (?)}
     * @return the same with a mark for an array
     */
    String forList(String sql);

    /**
     * Makes an array.
     *
     * @param connection to the database
     * @param type of the values
     * @param values in their order, null among them
     * @return the array
     * @throws SQLException if the driver cannot
     */
    Array array(Connection connection, JDBCType type, List<?> values) throws SQLException;

    /**
     * Tells whether the database itself has given the present transaction up: nothing of it is stored, although its commit was
     * part of the message.
     *
     * @param connection after an error
     * @return false if that is not certain
     */
    boolean isGivenUp(Connection connection);
}

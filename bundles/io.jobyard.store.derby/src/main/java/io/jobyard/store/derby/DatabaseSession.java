// SPDX-License-Identifier: Apache-2.0
package io.jobyard.store.derby;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.apache.derby.jdbc.EmbeddedDataSource;

/** Operations on a whole database before other users open it. The ID of a database is one of its stored properties. */
final class DatabaseSession {

    /** SQL state that Derby reports after a requested shutdown of a database. */
    private static final String DOWN = "08006";

    private static final String ID = "jobyard.store.id";

    private DatabaseSession() {}

    /** Creates an empty database with this ID, and closes it. */
    static void make(Path folder, String id) throws SQLException {
        EmbeddedDataSource database = of(folder);
        database.setCreateDatabase("create");
        try (Connection connection = database.getConnection()) {
            DerbyMaintenance.call(connection, "CALL SYSCS_UTIL.SYSCS_SET_DATABASE_PROPERTY(?, ?)", ID, id);
        }
        close(of(folder));
    }

    /** Returns the ID of a database, which stays open. */
    static String id(Path folder) throws SQLException {
        try (Connection connection = of(folder).getConnection()) {
            return id(connection);
        }
    }

    /** Returns the ID; empty if another program created the database. */
    static String id(Connection connection) throws SQLException {
        try (PreparedStatement query =
                connection.prepareStatement("VALUES SYSCS_UTIL.SYSCS_GET_DATABASE_PROPERTY(CAST(? AS VARCHAR(128)))")) {
            query.setString(1, ID);
            try (ResultSet row = query.executeQuery()) {
                row.next();
                String id = row.getString(1);
                return id == null ? "" : id;
            }
        }
    }

    static EmbeddedDataSource of(Path folder) {
        EmbeddedDataSource database = new EmbeddedDataSource();
        database.setDatabaseName(folder.toString());
        return database;
    }

    static void close(EmbeddedDataSource database) throws SQLException {
        database.setShutdownDatabase("shutdown");
        try (Connection none = database.getConnection()) {
            throw new SQLException(none + " is still open after its shutdown");
        } catch (SQLException e) {
            if (!DOWN.equals(e.getSQLState())) {
                throw e;
            }
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.jobyard.store.jpa;

import io.jobyard.store.postgres.PostgresDialect;
import io.jobyard.store.postgres.PostgresServer;
import java.sql.Connection;
import java.sql.SQLException;

/** The schema of the shared PostgreSQL that the tests of this process have one after the other. Who alters tables has one of its own. */
public final class EmptySchema {

    private static final PostgresServer SERVER = PostgresServer.shared();
    private static final String URL = SERVER.newSchema();

    private EmptySchema() {}

    /** Where it is; it holds nothing. The stores of the test before are closed. */
    public static String url() {
        try (Connection connection = SERVER.connect(URL)) {
            new EmptyTables(connection, new PostgresDialect()).make(connection);
            return URL;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}

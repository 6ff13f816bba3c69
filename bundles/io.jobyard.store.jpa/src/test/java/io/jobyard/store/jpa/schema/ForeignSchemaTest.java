// SPDX-License-Identifier: Apache-2.0
package io.jobyard.store.jpa.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jobyard.api.StoreException;
import io.jobyard.store.jpa.DerbyStore;
import io.jobyard.store.postgres.PostgresDialect;
import io.jobyard.store.postgres.PostgresServer;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Databases with a table {@code schema_version} that no release of the host made. */
class ForeignSchemaTest {

    /** Their PostgreSQL databases began with step 8. */
    @Test
    void aPostgresqlDatabaseFromBeforeTheFirstReleaseIsRefused() throws SQLException {
        PostgresServer server = PostgresServer.shared();
        try (Connection connection = server.connect(server.newSchema());
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE schema_version (step INT NOT NULL PRIMARY KEY,"
                    + " checksum VARCHAR(64) NOT NULL, taken_at BIGINT NOT NULL)");
            statement.execute("INSERT INTO schema_version VALUES (8, 'x', 1), (15, 'y', 1)");

            assertThatThrownBy(() -> new Schema(connection, new PostgresDialect(), step -> {}).migrate())
                    .isInstanceOf(StoreException.class)
                    .hasMessageContainingAll(
                            "(step 15, and step 1 with no checksum instead of",
                            "an empty PostgreSQL database or schema");
        }
    }

    @Test
    void somebodyElsesTableIsToldAndLeftAlone(@TempDir Path folder) throws SQLException {
        try (DerbyStore store = new DerbyStore(folder);
                Connection connection = store.pool().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE SCHEMA theirs");
            connection.setSchema("THEIRS");
            statement.execute("CREATE TABLE schema_version (release_name VARCHAR(20))");
            statement.execute("INSERT INTO schema_version VALUES ('spring')");

            assertThatThrownBy(() -> new Schema(connection, store.dialect(), step -> {}).migrate())
                    .isInstanceOf(SQLException.class)
                    .hasMessageContaining("'SCHEMA_VERSION' already exists")
                    .satisfies(failure -> assertThat(failure.getSuppressed()[0]).hasMessageContaining("'STEP'"));
            connection.rollback();
            try (ResultSet rows = statement.executeQuery("SELECT release_name FROM schema_version")) {
                assertThat(rows.next()).isTrue();
                assertThat(rows.getString(1)).isEqualTo("spring");
            }
            connection.rollback();
        }
    }
}

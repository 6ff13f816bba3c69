// SPDX-License-Identifier: Apache-2.0
package io.jobyard.store.jpa.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jobyard.api.StoreException;
import io.jobyard.store.jpa.DerbyStore;
import io.jobyard.store.jpa.copy.CopiedStore;
import io.jobyard.store.jpa.copy.CopySource;
import io.jobyard.store.postgres.PostgresDialect;
import io.jobyard.store.postgres.PostgresServer;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SchemaTest {

    @TempDir
    private Path folder;

    private DerbyStore store;

    @BeforeEach
    void open() throws SQLException {
        store = new DerbyStore(folder);
    }

    @AfterEach
    void close() {
        store.close();
    }

    private void migrate() throws SQLException {
        try (Connection connection = store.pool().getConnection()) {
            new Schema(connection, store.dialect(), step -> {}).migrate();
        }
    }

    private void change(String sql) throws SQLException {
        try (Connection connection = store.pool().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    @Test
    void aCurrentSchemaIsLeftAlone() {
        assertThatCode(this::migrate).doesNotThrowAnyException();
    }

    @Test
    void aNewerSchemaIsRefused() throws SQLException {
        change("INSERT INTO schema_version (step, checksum, taken_at) VALUES (99, 'x', 0)");
        assertThatThrownBy(this::migrate)
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("a newer version wrote it");
    }

    @Test
    void aDatabaseFromBeforeTheFirstReleaseIsRefused() throws SQLException {
        change("UPDATE schema_version SET checksum = 'cafe0123456789'");
        change("INSERT INTO schema_version (step, checksum, taken_at) VALUES (15, 'x', 0)");
        assertThatThrownBy(this::migrate)
                .isInstanceOf(StoreException.class)
                .hasMessageContainingAll(
                        "a build from before the first release made its schema (step 15, and step 1 with checksum cafe01234567 instead of",
                        "one first schema and no upgrade",
                        "Start with an empty database: move data/db away and run 'bin/jobyard start --new-store'",
                        "export them first");
        assertThatThrownBy(() -> {
                    try (Connection connection = store.pool().getConnection();
                            CopiedStore copied = new CopiedStore(store.dialect(), "the old one", connection)) {
                        new CopySource(copied, "").begin();
                    }
                })
                .isInstanceOf(StoreException.class)
                .hasMessageStartingWith("the old one: unsupported database: a build from before the first release");
    }

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
    void aLaterStepIsTakenOnceAndAChangedOneRefused() throws SQLException {
        try (Connection connection = store.pool().getConnection()) {
            schema(connection, "CREATE TABLE later (id ${id});").migrate(Schema.CURRENT + 1);
            schema(connection, "CREATE TABLE later (id ${id});").migrate(Schema.CURRENT + 1);
            assertThatThrownBy(() ->
                            schema(connection, "CREATE TABLE other (id ${id});").migrate(Schema.CURRENT + 1))
                    .isInstanceOf(StoreException.class)
                    .hasMessageContaining("step 2 of the database's schema differs from the step of this Jobyard");
            connection.rollback();
        }
        assertThatThrownBy(this::migrate).hasMessageContaining("a newer version wrote it");
    }

    private Schema schema(Connection connection, String later) {
        return new Schema(
                connection,
                store.dialect(),
                doing -> {},
                step -> step > Schema.CURRENT ? new SchemaScript(step, later) : SchemaScript.of(step, store.dialect()));
    }

    @Test
    void somebodyElsesTableIsToldAndLeftAlone() throws SQLException {
        try (Connection connection = store.pool().getConnection();
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

// SPDX-License-Identifier: Apache-2.0
package io.jobyard.store.jpa;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jobyard.api.StoreException;
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
                .hasMessageContaining("written by a newer version");
    }

    @Test
    void aChangedStepIsRefused() throws SQLException {
        change("UPDATE schema_version SET checksum = 'x'");
        assertThatThrownBy(this::migrate).isInstanceOf(StoreException.class).hasMessageContaining("step 1");
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

// SPDX-License-Identifier: Apache-2.0
package io.jobyard.store.jpa.schema;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jobyard.api.StoreException;
import io.jobyard.store.jpa.DerbyStore;
import io.jobyard.store.jpa.EmbeddedStore;
import io.jobyard.store.jpa.copy.CopiedStore;
import io.jobyard.store.jpa.copy.CopySource;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SchemaTest {

    @TempDir
    private Path folder;

    private EmbeddedStore store;

    EmbeddedStore open(Path in) throws SQLException {
        return new DerbyStore(in);
    }

    @BeforeEach
    void open() throws SQLException {
        store = open(folder);
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

    @Test
    void aLaterStepIsTakenOnceAndAChangedOneRefused() throws SQLException {
        try (Connection connection = store.pool().getConnection()) {
            schema(connection, "CREATE TABLE later (id ${id});").migrate(Schema.CURRENT + 1);
            schema(connection, "CREATE TABLE later (id ${id});").migrate(Schema.CURRENT + 1);
            assertThatThrownBy(() ->
                            schema(connection, "CREATE TABLE other (id ${id});").migrate(Schema.CURRENT + 1))
                    .isInstanceOf(StoreException.class)
                    .hasMessageContaining("step " + (Schema.CURRENT + 1)
                            + " of the database's schema differs from the step of this Jobyard");
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
}

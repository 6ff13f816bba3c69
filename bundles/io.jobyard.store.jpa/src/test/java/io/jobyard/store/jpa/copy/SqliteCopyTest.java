// SPDX-License-Identifier: Apache-2.0
package io.jobyard.store.jpa.copy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jobyard.api.StoreException;
import io.jobyard.store.jpa.DerbyStore;
import io.jobyard.store.jpa.FullStoreFixture;
import io.jobyard.store.jpa.PostgresStore;
import io.jobyard.store.jpa.SqliteStore;
import io.jobyard.store.jpa.StoreCopyFixture;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** From Derby to SQLite, and from there on: each copy compares every row with its source. */
@Timeout(300)
class SqliteCopyTest {

    @TempDir
    private Path folder;

    private final FullStoreFixture full = FullStoreFixture.shared();
    private StoreCopyFixture copies;

    /** An instance whose two own databases have the same jobs. */
    @BeforeEach
    void begin() throws IOException {
        copies = new StoreCopyFixture(folder);
        Path data = folder.resolve("a");
        StoreCopyFixture.copyInstance(full.folder(), data);
        assertThat(copies.derbyToSqlite(data, StoreCopyFixture.SILENT))
                .startsWith(full.answers().jobs().size() + " jobs copied");
    }

    @Test
    void aHostFindsAllOnSqlite() throws SQLException {
        try (SqliteStore host = SqliteStore.ofInstance(folder.resolve("a"))) {
            assertThat(full.ask(host)).isEqualTo(full.answers());
        }
        try (SqliteStore again = SqliteStore.ofInstance(folder.resolve("a"))) {
            assertThat(full.ask(again)).isEqualTo(full.answers());
        }
    }

    @Test
    void aHostFindsAllThatCameBackToDerby() throws Exception {
        Path data = folder.resolve("b");
        Files.createDirectories(data);
        Files.move(folder.resolve("a/sqlite"), data.resolve("sqlite"));
        Files.move(folder.resolve("a/sqlite.id"), data.resolve("sqlite.id"));
        copies.sqliteToDerby(data, StoreCopyFixture.SILENT);
        assertThat(StoreCopyFixture.rows(data)).isEqualTo(StoreCopyFixture.rows(folder.resolve("a")));
        try (DerbyStore host = new DerbyStore(data)) {
            assertThat(full.ask(host)).isEqualTo(full.answers());
        }
    }

    @Test
    void aHostFindsAllOnPostgresqlAndBackAgain() throws SQLException {
        copies.sqliteToPostgres(folder.resolve("a"), StoreCopyFixture.SILENT);
        Path data = folder.resolve("b");
        copies.postgresToSqlite(data, StoreCopyFixture.SILENT);
        try (PostgresStore host = copies.host()) {
            assertThat(full.ask(host)).isEqualTo(full.answers());
        }
        try (SqliteStore host = SqliteStore.ofInstance(data)) {
            assertThat(full.ask(host)).isEqualTo(full.answers());
        }
    }

    @Test
    void aCopyThatWasCutOffGoesOnAndIsNotForHosts() throws SQLException {
        copies.sqliteToPostgres(folder.resolve("a"), StoreCopyFixture.SILENT);
        Path data = folder.resolve("b");
        assertThatThrownBy(() -> copies.postgresToSqlite(data, StoreCopyFixture.killAt("copying table job: 20 of")))
                .isInstanceOf(StoreCopyFixture.Killed.class);
        assertThatThrownBy(() -> SqliteStore.ofInstance(data))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("is an incomplete copy");
        copies.postgresToSqlite(data, StoreCopyFixture.SILENT);
        try (SqliteStore host = SqliteStore.ofInstance(data)) {
            assertThat(full.ask(host)).isEqualTo(full.answers());
        }
    }
}

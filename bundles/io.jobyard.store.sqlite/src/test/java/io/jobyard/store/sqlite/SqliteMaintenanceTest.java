// SPDX-License-Identifier: Apache-2.0
package io.jobyard.store.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jobyard.store.api.StoreFault;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SqliteMaintenanceTest {

    private static final int ROWS = 20_000;
    private static final int PAGE = 4096;

    @TempDir
    private Path folder;

    private final SqliteDialect dialect = new SqliteDialect(new SqliteEngine(Path.of("target/native")));
    private Path file;

    @BeforeEach
    void fill() throws SQLException {
        file = folder.resolve("jobs.db");
        SqliteFiles.create(file);
        try (Connection connection = SqliteFiles.open(file);
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE a (id INTEGER PRIMARY KEY, text TEXT) STRICT");
            statement.execute("CREATE TABLE b (id INTEGER) STRICT");
            connection.setAutoCommit(false);
            try (PreparedStatement insert = connection.prepareStatement("INSERT INTO a VALUES (?, ?)")) {
                for (int n = 0; n < ROWS; n++) {
                    insert.setInt(1, n);
                    insert.setString(2, "x".repeat(100));
                    insert.addBatch();
                }
                insert.executeBatch();
            }
            connection.commit();
        }
    }

    @Test
    void aSoundDatabasePassesTheCheck() throws SQLException {
        try (Connection connection = SqliteFiles.open(file)) {
            assertThat(dialect.check(connection)).isEqualTo(2);
        }
    }

    @Test
    void aDamagedPageIsFound() throws Exception {
        try (RandomAccessFile damaged = new RandomAccessFile(file.toFile(), "rw")) {
            damaged.seek(100L * PAGE);
            damaged.write(new byte[PAGE]);
        }
        isDamaged();
    }

    @Test
    void aFileThatWasCutIsFound() throws Exception {
        try (RandomAccessFile cut = new RandomAccessFile(file.toFile(), "rw")) {
            cut.setLength(cut.length() / 2);
        }
        isDamaged();
    }

    @Test
    void aFileOfOtherContentIsFound() throws IOException {
        Files.writeString(file, "not a database, not a database, not a database ".repeat(100));
        isDamaged();
    }

    private void isDamaged() {
        assertThatThrownBy(() -> {
                    try (Connection connection = SqliteFiles.open(file)) {
                        dialect.check(connection);
                    }
                })
                .isInstanceOfSatisfying(SQLException.class, e -> {
                    assertThat(dialect.fault(e)).isEqualTo(StoreFault.DAMAGED);
                    assertThat(dialect.reason(e))
                            .startsWith("the database is damaged (")
                            .hasSizeLessThan(310);
                });
    }

    @Test
    void deletedRowsGiveTheirSpaceBack() throws Exception {
        long before = Files.size(file);
        try (Connection connection = SqliteFiles.open(file);
                Statement statement = connection.createStatement()) {
            statement.execute("DELETE FROM a WHERE id > 10");
            assertThat(dialect.compact(connection)).isGreaterThan(ROWS * 100L);
            assertThat(Files.size(file)).isLessThan(before / 10);
            assertThat(dialect.compact(connection)).isZero();
            assertThat(dialect.check(connection)).isEqualTo(2);
        }
    }

    @Test
    void aCopyIsWholeAndCanBeCompacted() throws SQLException {
        Path copy = folder.resolve("it's a copy");
        assertThat(copy.toFile().mkdir()).isTrue();
        try (Connection connection = SqliteFiles.open(file)) {
            dialect.backup(connection, copy);
        }
        try (Connection connection = SqliteFiles.open(copy.resolve("sqlite/jobs.db"))) {
            assertThat(SqliteMaintenance.number(connection, "SELECT COUNT(*) FROM a"))
                    .isEqualTo(ROWS);
            assertThat(SqliteMaintenance.number(connection, "PRAGMA auto_vacuum"))
                    .isEqualTo(2);
        }
    }

    @Test
    void thePlannerKnowsWhatTablesHoldOnceTheyAreAnalyzed() throws SQLException {
        try (Connection connection = SqliteFiles.open(file)) {
            dialect.analyze(connection);
            assertThat(SqliteMaintenance.number(connection, "SELECT stat FROM sqlite_stat1 WHERE tbl = 'a'"))
                    .isEqualTo(ROWS);
        }
    }
}

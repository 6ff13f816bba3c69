// SPDX-License-Identifier: Apache-2.0
package io.jobyard.store.derby;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Comparator;
import java.util.stream.Stream;
import org.apache.derby.jdbc.EmbeddedDataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DerbyMaintenanceTest {

    private static final int ROWS = 20_000;
    private static final int PAGE = 4096;

    @TempDir
    private Path folder;

    private final DerbyDialect dialect = new DerbyDialect(new DerbyEngine(Path.of("target")));
    private EmbeddedDataSource database;

    @BeforeEach
    void fill() throws SQLException {
        System.setProperty(
                "derby.stream.error.file", folder.resolve("derby.log").toString());
        database = new EmbeddedDataSource();
        database.setDatabaseName(folder.resolve("db").toString());
        database.setCreateDatabase("create");
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE a (id INT NOT NULL PRIMARY KEY, text VARCHAR(200))");
            statement.execute("CREATE TABLE b (id INT)");
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

    @AfterEach
    void shutDown() {
        database.setCreateDatabase(null);
        database.setShutdownDatabase("shutdown");
        assertThatThrownBy(database::getConnection).isInstanceOf(SQLException.class);
        database.setShutdownDatabase(null);
        System.clearProperty("derby.stream.error.file");
    }

    @Test
    void aSoundDatabasePassesTheCheck() throws SQLException {
        try (Connection connection = database.getConnection()) {
            assertThat(dialect.check(connection)).isEqualTo(2);
        }
    }

    @Test
    void aDamagedTableIsNamed() throws Exception {
        shutDown();
        try (Stream<Path> files = Files.list(folder.resolve("db/seg0"))) {
            Path largest = files.max(Comparator.comparing(file -> file.toFile().length()))
                    .orElseThrow();
            try (RandomAccessFile file = new RandomAccessFile(largest.toFile(), "rw")) {
                file.seek(100L * PAGE + 64);
                file.write(new byte[PAGE / 2]);
            }
        }
        try (Connection connection = database.getConnection()) {
            assertThatThrownBy(() -> dialect.check(connection))
                    .isInstanceOf(SQLException.class)
                    .hasMessageStartingWith("table A cannot be read: ");
        }
    }

    @Test
    void deletedRowsGiveTheirSpaceBack() throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("DELETE FROM a WHERE id > 10");
            assertThat(dialect.compact(connection)).isGreaterThan(ROWS * 100L);
            assertThat(dialect.compact(connection)).isZero();
            assertThat(dialect.check(connection)).isEqualTo(2);
        }
    }

    @Test
    void tablesThatComeOutLargerGiveNothingBack() throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE tiny (id INT NOT NULL PRIMARY KEY, payload VARCHAR(2000))");
            statement.execute("INSERT INTO tiny VALUES (1, 'x')");
            for (int n = 0; n < 3; n++) {
                assertThat(dialect.compact(connection)).isNotNegative();
            }
        }
    }

    @Test
    void thePlannerKnowsWhatTablesHoldOnceTheyAreAnalyzed() throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE INDEX a_text ON a (text, id)");
            statement.execute("DELETE FROM a WHERE id > 10");
            dialect.analyze(connection);
            try (ResultSet rows =
                    statement.executeQuery("SELECT CAST(s.statistics AS VARCHAR(100)) FROM sys.sysstatistics s"
                            + " JOIN sys.systables t ON t.tableid = s.tableid WHERE t.tablename = 'A'")) {
                assertThat(rows.next()).isTrue();
                assertThat(rows.getString(1)).contains("numrows= 11");
            }
        }
    }

    @Test
    void aCopyIsOpenedCheckedAndClosed() throws SQLException {
        Path copy = folder.resolve("copy");
        try (Connection connection = database.getConnection()) {
            dialect.backup(connection, copy);
        }
        assertThat(copy.resolve("db/service.properties")).exists();
        assertThat(copy.resolve("db/db.lck")).doesNotExist();
        DerbyMaintenance.checkCopy(copy.resolve("db"));
    }
}

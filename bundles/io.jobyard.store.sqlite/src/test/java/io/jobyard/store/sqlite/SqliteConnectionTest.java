// SPDX-License-Identifier: Apache-2.0
package io.jobyard.store.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.jobyard.store.api.StoreFault;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.assertj.core.api.AbstractThrowableAssert;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.sqlite.JDBC;

class SqliteConnectionTest {

    @TempDir
    private Path folder;

    private final SqliteEngine engine = new SqliteEngine(Path.of("target/native"));
    private SqliteSource source;

    @BeforeEach
    void make() throws SQLException {
        source = engine.source(new SqliteUrl(folder.resolve("a.db"), true, List.of()));
        run("CREATE TABLE a (n INTEGER PRIMARY KEY) STRICT");
    }

    @AfterEach
    void shutDown() {
        engine.shutdown();
    }

    private void run(String sql) throws SQLException {
        try (Connection connection = source.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private Connection transaction() throws SQLException {
        Connection connection = source.getConnection();
        connection.setAutoCommit(false);
        return connection;
    }

    private static void insert(Connection connection, int number) throws SQLException {
        try (PreparedStatement row = connection.prepareStatement("INSERT INTO a VALUES (?)")) {
            row.setInt(1, number);
            row.executeUpdate();
        }
    }

    private long count() throws SQLException {
        try (Connection connection = source.getConnection()) {
            return SqliteMaintenance.number(connection, "SELECT COUNT(*) FROM a");
        }
    }

    @Test
    void commitsAreForcedToTheDisk() throws SQLException {
        try (Connection connection = source.getConnection()) {
            assertThat(SqliteMaintenance.number(connection, "PRAGMA synchronous"))
                    .isEqualTo(2);
            assertThat(SqliteMaintenance.number(connection, "PRAGMA foreign_keys"))
                    .isEqualTo(1);
            assertThat(SqliteMaintenance.number(connection, "PRAGMA auto_vacuum"))
                    .isEqualTo(2);
        }
    }

    @Test
    void transactionsWriteOneAfterTheOtherAndReadersWaitForNone() throws Exception {
        try (Connection first = transaction();
                Connection second = transaction()) {
            insert(first, 1);
            CompletableFuture<Void> waiting = CompletableFuture.runAsync(() -> {
                try {
                    insert(second, 2);
                    second.commit();
                } catch (SQLException e) {
                    throw new IllegalStateException(e);
                }
            });
            await().during(100, TimeUnit.MILLISECONDS).until(() -> !waiting.isDone());
            assertThat(count()).isZero();
            first.commit();
            waiting.get(60, TimeUnit.SECONDS);
            assertThat(count()).isEqualTo(2);
        }
    }

    @Test
    void aConnectionBetweenTwoTransactionsKeepsNobodyOut() throws SQLException {
        try (Connection kept = transaction()) {
            insert(kept, 1);
            kept.commit();
            run("INSERT INTO a VALUES (2)");
            insert(kept, 3);
            kept.rollback();
            assertThat(count()).isEqualTo(2);
        }
    }

    @Test
    void aConnectionThatIsAbortedLeavesNothingAndLetsOthersWrite() throws SQLException {
        Connection lost = transaction();
        insert(lost, 1);
        lost.abort(Runnable::run);
        assertThat(lost.isClosed()).isTrue();
        try (Connection next = transaction()) {
            insert(next, 2);
            next.commit();
        }
        assertThat(count()).isEqualTo(1);
        isLost(() -> insert(lost, 3));
    }

    private static AbstractThrowableAssert<?, ?> isLost(ThrowingCallable work) {
        return assertThatThrownBy(work)
                .isInstanceOfSatisfying(
                        SQLException.class, e -> assertThat(SqliteFaults.of(e)).isEqualTo(StoreFault.LOST));
    }

    @Test
    void aFileThatIsMovedAwayTakesNoCommitsUntilItIsBack() throws Exception {
        Path file = folder.resolve("a.db");
        try (Connection open = transaction()) {
            insert(open, 1);
            open.commit();
            Path elsewhere = Files.move(file, folder.resolve("elsewhere"));
            isLost(() -> insert(open, 2));
            isLost(() -> source.getConnection());
            assertThat(file).doesNotExist();

            Files.move(elsewhere, file);
            insert(open, 3);
            open.commit();
        }
        assertThat(count()).isEqualTo(2);
    }

    @Test
    void aMissingFileIsCreatedOnlyIfTheUrlSaysSo() throws Exception {
        Path file = folder.resolve("b.db");
        isLost(() -> engine.source(SqliteUrl.of("jdbc:sqlite:" + file)))
                .hasMessageContainingAll("the database file " + file + " is missing", "is its disk mounted?");
        assertThatThrownBy(() -> SqliteFiles.open(file)).isInstanceOf(SQLException.class);
        assertThat(folder).isDirectoryNotContaining("glob:**b.db*");
        engine.source(SqliteUrl.of("jdbc:sqlite:" + file + "?create=true"))
                .getConnection()
                .close();
        assertThat(Files.getPosixFilePermissions(file)).hasSize(2);
        engine.source(SqliteUrl.of("jdbc:sqlite:" + file)).getConnection().close();
    }

    @Test
    void aSecondProcessIsRefused() throws Exception {
        Process other = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        classPath(),
                        OtherProcess.class.getName(),
                        folder.resolve("a.db").toString())
                .redirectErrorStream(true)
                .start();
        assertThat(new String(other.getInputStream().readAllBytes()))
                .contains("LOST the database in " + folder.resolve("a.db") + " is in use by another process");
        assertThat(other.waitFor()).isZero();
    }

    private static String classPath() {
        return Stream.of(OtherProcess.class, SqliteEngine.class, StoreFault.class, JDBC.class, Logger.class)
                .map(type ->
                        type.getProtectionDomain().getCodeSource().getLocation().getPath())
                .collect(Collectors.joining(File.pathSeparator));
    }

    /** Opens a database that this process has open. */
    static final class OtherProcess {

        private OtherProcess() {}

        public static void main(String[] arguments) {
            SqliteUrl url = new SqliteUrl(Path.of(arguments[0]), false, List.of());
            try {
                System.out.println(new SqliteEngine(Path.of("target/native")).source(url));
            } catch (SQLException e) {
                System.out.println(SqliteFaults.of(e) + " " + SqliteFaults.reason(e));
            }
        }
    }
}

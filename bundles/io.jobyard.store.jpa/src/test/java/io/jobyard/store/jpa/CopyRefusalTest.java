// SPDX-License-Identifier: Apache-2.0
package io.jobyard.store.jpa;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jobyard.api.StoreException;
import io.jobyard.spi.store.InboxEntry;
import io.jobyard.store.derby.EmbeddedDerby;
import io.jobyard.store.jpa.copy.CopiedStore;
import io.jobyard.store.jpa.copy.CopiedTable;
import io.jobyard.store.jpa.copy.StoreCopy;
import io.jobyard.store.jpa.incarnation.HostCandidate;
import io.jobyard.store.jpa.schema.Schema;
import io.jobyard.store.jpa.sql.StoreSettings;
import io.jobyard.store.postgres.PostgresDialect;
import io.jobyard.store.postgres.PostgresServer;
import io.jobyard.store.sqlite.EmbeddedSqlite;
import io.jobyard.testkit.store.Draft;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** When a store does not move, and what of it does. */
@Timeout(300)
class CopyRefusalTest {

    private static final Consumer<String> SILENT = said -> {};

    /** The lane is in {@code ready} on Derby; a host finds out anew where it is. */
    private static final Map<String, Set<String>> APART = Map.of(
            "job",
            Set.of("lane"),
            "incarnation",
            Set.of("place", "seals_by", "room", "async_room", "draining", "program", "offers", "drain_asked"));

    @TempDir
    private Path folder;

    private final PostgresServer server = PostgresServer.shared();
    private final PostgresDialect dialect = new PostgresDialect();
    private final String from = server.newSchema();
    private final String to = server.newSchema();

    private CopiedStore open(String url) throws SQLException {
        return new CopiedStore(dialect, url, server.connect(url));
    }

    private String move(Consumer<String> doing, String position) throws SQLException {
        try (CopiedStore source = open(from);
                CopiedStore target = open(to)) {
            return new StoreCopy(source, target, position, doing, 1).run();
        }
    }

    private static void isRefused(ThrowingCallable move, String... why) {
        assertThatThrownBy(move).isInstanceOf(StoreException.class).hasMessageContainingAll(why);
    }

    private PostgresStore host(String url, String position) throws SQLException {
        return new PostgresStore(folder, server, url, new HostCandidate("here:1", position, Duration.ofSeconds(30)));
    }

    private void submit(PostgresStore host) {
        host.jobs()
                .admit(List.of(Draft.job().admitted(), Draft.job().admitted()))
                .join();
    }

    private void cutOff() {
        assertThatThrownBy(() -> move(
                        said -> {
                            if (said.startsWith("copying table job:")) {
                                throw new IllegalStateException("killed");
                            }
                        },
                        ""))
                .hasMessage("killed");
    }

    @Test
    void aStoreThatIsInUseStays() throws SQLException {
        try (PostgresStore host = host(from, "")) {
            submit(host);
            isRefused(() -> move(SILENT, ""), "is in use by host here:1, whose lease ends at", "stop that host");
            submit(host); // nothing holds it up
        }
        assertThat(move(SILENT, "")).startsWith("4 jobs copied");
    }

    @Test
    void aHostOfTheSameInstanceIsKnownToBeDead() throws SQLException {
        try (PostgresStore killed = host(from, "this place")) {
            submit(killed);
            isRefused(() -> move(SILENT, "another place"), "is in use by host here:1");
            assertThat(move(SILENT, "this place")).startsWith("2 jobs copied");
        }
    }

    @Test
    void nothingIsOverwritten() throws SQLException {
        host(from, "").close();
        host(to, "").close();
        isRefused(() -> move(SILENT, ""), "is not empty (its table incarnation has rows)", "use an empty database");
    }

    @Test
    void halfACopyOfAnotherStoreStaysAlone() throws SQLException {
        try (PostgresStore host = host(from, "")) {
            submit(host);
        }
        cutOff();
        isRefused(
                () -> {
                    try (CopiedStore source = open(to);
                            CopiedStore target = open(server.newSchema())) {
                        new StoreCopy(source, target, "", SILENT, 1).run();
                    }
                },
                "is an incomplete copy");
        host(from, "").close(); // which may have changed anything
        isRefused(
                () -> move(SILENT, ""),
                "contains an incomplete copy of another store, or of an earlier state of this store");
    }

    @Test
    void aStoreThatChangesMeanwhileIsTold() throws SQLException {
        try (PostgresStore host = host(from, "")) {
            submit(host);
            isRefused(
                    () -> move(
                            said -> {
                                if (said.startsWith("comparing table job")) {
                                    submit(host); // its lease is over, and nobody has told it
                                }
                            },
                            leaseIsOver()),
                    "has changed while it was copied");
        }
    }

    @Test
    void whatWasSubmittedFromSqlIsNotLeftBehind() throws SQLException {
        try (PostgresStore host = host(from, "")) {
            submit(host);
        }
        submitFromSql();
        isRefused(() -> move(SILENT, ""), "submitted from SQL that no host has accepted yet", "start and stop a host");
        try (PostgresStore host = host(from, "")) {
            host.awaitElection();
            InboxEntry entry = host.submissions().waiting(1, 1_000).get(0);
            host.submissions()
                    .admit(entry, Draft.job().id(entry.id()).admitted())
                    .join();
        }
        isRefused(
                () -> move(
                        said -> {
                            if (said.startsWith("comparing table job")) {
                                submitFromSql();
                            }
                        },
                        ""),
                "has changed while it was copied");
    }

    private void submitFromSql() {
        try (Connection connection = server.connect(from);
                Statement statement = connection.createStatement()) {
            statement.execute("SELECT submit('echo', '{}')");
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private String leaseIsOver() throws SQLException {
        try (Connection connection = server.connect(from);
                Statement statement = connection.createStatement()) {
            statement.execute("UPDATE incarnation SET lease_until = 0");
        }
        return "";
    }

    @Test
    void whatIsNoStoreDoesNotMove() throws SQLException {
        isRefused(() -> move(SILENT, ""), "is not a store of this version: start a host of this version on it once");
        try (Connection connection = server.connect(from)) {
            new Schema(connection, dialect, SILENT).migrate();
        }
        isRefused(() -> move(SILENT, ""), "is empty: no host has ever used it");
        try (EmbeddedDerby derby = new EmbeddedDerby(folder)) {
            StoreSettings embedded = new StoreSettings("", "", "", StoreSettings.POOL_SIZE, 30, true);
            isRefused(
                    () -> CopiedStore.source(embedded, derby.dialect(), folder, SILENT),
                    "no store to move: " + folder.resolve("db/service.properties") + " is missing");
        }
        assertThat(folder.resolve("db")).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(strings = {"jdbc:sqlite:%s/jobs.db", "jdbc:sqlite:%s/jobs.db?create=true", "jdbc:sqlite:"})
    void aMissingSqliteFileIsNotCreated(String url) throws IOException {
        Path data = Files.createDirectory(folder.resolve("data"));
        Path own = Files.createDirectory(data.resolve("sqlite"));
        StoreSettings settings = new StoreSettings(
                url.formatted(data), "", "", StoreSettings.POOL_SIZE, StoreSettings.LEASE_SECONDS, true);
        try (EmbeddedSqlite sqlite = new EmbeddedSqlite()) {
            isRefused(
                    () -> CopiedStore.source(settings, sqlite.dialect(), data, SILENT),
                    "no store to move: " + (url.endsWith(":") ? own : data).resolve("jobs.db") + " is missing");
        }
        assertThat(data).isDirectoryNotContaining(file -> !file.equals(own));
        assertThat(own).isEmptyDirectory();
    }

    @Test
    void everyTableMovesAndSoDoesEveryColumnThatBothDatabasesHave() throws SQLException {
        host(from, "").close();
        try (DerbyStore derby = new DerbyStore(folder);
                Connection embedded = derby.pool().getConnection();
                Connection other = server.connect(from)) {
            Map<String, Set<String>> one = columns(embedded);
            Map<String, Set<String>> another = columns(other);
            for (String table : CopiedTable.names().toList()) {
                Set<String> apart = new TreeSet<>(another.get(table));
                assertThat(apart).as(table).containsAll(one.get(table));
                apart.removeAll(one.get(table));
                assertThat(apart)
                        .as("columns of %s that only PostgreSQL has", table)
                        .isEqualTo(APART.getOrDefault(table, Set.of()));
            }
            assertThat(one.keySet()).hasSameElementsAs(withMoved(anew("ready", "schema_version")));
            assertThat(another.keySet())
                    .hasSameElementsAs(withMoved(anew(
                            "ready",
                            "schema_version",
                            "job_history",
                            "host_handler",
                            "host_notice",
                            "quota",
                            "leader",
                            "submission",
                            "refused_submission")));
        }
    }

    /** The next host makes the search index anew. */
    private static String[] anew(String... others) {
        return Stream.concat(
                        Stream.of(others),
                        Stream.of("search_block", "search_id", "search_label", "search_block_label", "search_progress"))
                .toArray(String[]::new);
    }

    private static List<String> withMoved(String... others) {
        return Stream.concat(CopiedTable.names(), Stream.of(others)).toList();
    }

    private static Map<String, Set<String>> columns(Connection connection) throws SQLException {
        DatabaseMetaData database = connection.getMetaData();
        Map<String, Set<String>> columns = new TreeMap<>();
        try (ResultSet rows = database.getColumns(null, connection.getSchema(), null, null)) {
            while (rows.next()) {
                columns.computeIfAbsent(rows.getString("TABLE_NAME").toLowerCase(Locale.ROOT), any -> new TreeSet<>())
                        .add(rows.getString("COLUMN_NAME").toLowerCase(Locale.ROOT));
            }
        }
        return columns;
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.jobyard.store.jpa;

import static org.assertj.core.api.Assertions.assertThat;

import io.jobyard.store.derby.EmbeddedDerby;
import io.jobyard.store.jpa.copy.CopiedStore;
import io.jobyard.store.jpa.copy.CopiedTable;
import io.jobyard.store.jpa.copy.StoreCopy;
import io.jobyard.store.jpa.incarnation.HostCandidate;
import io.jobyard.store.jpa.sql.StoreSettings;
import io.jobyard.store.postgres.PostgresDialect;
import io.jobyard.store.postgres.PostgresServer;
import io.jobyard.store.sqlite.EmbeddedSqlite;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Copies between Derby and SQLite in the folders of instances and a schema of a PostgreSQL. */
public final class StoreCopyFixture {

    public static final Consumer<String> SILENT = said -> {};
    private static final int SLICE = 10;

    public static final class Killed extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    private final PostgresServer server = PostgresServer.shared();
    private final String url = server.newSchema();
    private final Path logs;

    public StoreCopyFixture(Path logs) {
        this.logs = logs;
    }

    private StoreSettings postgres() {
        return new StoreSettings(url, PostgresServer.USER, server.password(), StoreSettings.POOL_SIZE, 30, true);
    }

    private static StoreSettings embedded() {
        return new StoreSettings("", "", "", StoreSettings.POOL_SIZE, 30, true);
    }

    public String toPostgres(Path data, Consumer<String> doing) {
        try (EmbeddedDerby derby = new EmbeddedDerby(logs);
                CopiedStore from = CopiedStore.source(embedded(), derby.dialect(), data, doing);
                CopiedStore to = CopiedStore.target(postgres(), new PostgresDialect(), data, doing)) {
            return new StoreCopy(from, to, "", doing, SLICE).run();
        }
    }

    public String toDerby(Path data, Consumer<String> doing) {
        try (EmbeddedDerby derby = new EmbeddedDerby(logs);
                CopiedStore from = CopiedStore.source(postgres(), new PostgresDialect(), data, doing);
                CopiedStore to = CopiedStore.target(embedded(), derby.dialect(), data, doing)) {
            return new StoreCopy(from, to, "", doing, SLICE).run();
        }
    }

    private static StoreSettings sqlite() {
        return new StoreSettings("jdbc:sqlite:", "", "", StoreSettings.POOL_SIZE, 30, true);
    }

    /** From the Derby of an instance to its SQLite. */
    public String derbyToSqlite(Path data, Consumer<String> doing) {
        try (EmbeddedDerby derby = new EmbeddedDerby(logs);
                EmbeddedSqlite sqlite = new EmbeddedSqlite();
                CopiedStore from = CopiedStore.source(embedded(), derby.dialect(), data, doing);
                CopiedStore to = CopiedStore.target(sqlite(), sqlite.dialect(), data, doing)) {
            return new StoreCopy(from, to, "", doing, SLICE).run();
        }
    }

    /** From the SQLite of an instance to its Derby. */
    public String sqliteToDerby(Path data, Consumer<String> doing) {
        try (EmbeddedDerby derby = new EmbeddedDerby(logs);
                EmbeddedSqlite sqlite = new EmbeddedSqlite();
                CopiedStore from = CopiedStore.source(sqlite(), sqlite.dialect(), data, doing);
                CopiedStore to = CopiedStore.target(embedded(), derby.dialect(), data, doing)) {
            return new StoreCopy(from, to, "", doing, SLICE).run();
        }
    }

    public String sqliteToPostgres(Path data, Consumer<String> doing) {
        try (EmbeddedSqlite sqlite = new EmbeddedSqlite();
                CopiedStore from = CopiedStore.source(sqlite(), sqlite.dialect(), data, doing);
                CopiedStore to = CopiedStore.target(postgres(), new PostgresDialect(), data, doing)) {
            return new StoreCopy(from, to, "", doing, SLICE).run();
        }
    }

    public String postgresToSqlite(Path data, Consumer<String> doing) {
        try (EmbeddedSqlite sqlite = new EmbeddedSqlite();
                CopiedStore from = CopiedStore.source(postgres(), new PostgresDialect(), data, doing);
                CopiedStore to = CopiedStore.target(sqlite(), sqlite.dialect(), data, doing)) {
            return new StoreCopy(from, to, "", doing, SLICE).run();
        }
    }

    /** Copies the files of an instance that no host uses. */
    public static void copyInstance(Path from, Path to) throws IOException {
        Files.createDirectory(to);
        NewDatabase.copy(from, to);
    }

    public PostgresStore host() throws SQLException {
        return new PostgresStore(logs, server, url, new HostCandidate("here", "", Duration.ofSeconds(30)));
    }

    public static Map<String, List<List<String>>> rows(Path data) throws SQLException {
        try (EmbeddedDerby derby = new EmbeddedDerby(data);
                CopiedStore store = CopiedStore.source(embedded(), derby.dialect(), data, SILENT)) {
            return store.ask(session -> {
                Map<String, List<List<String>>> rows = new LinkedHashMap<>();
                for (String table :
                        Stream.concat(Stream.of("ready"), CopiedTable.names()).toList()) {
                    rows.put(table, rows(session.connection(), "SELECT * FROM " + table));
                }
                return rows;
            });
        }
    }

    /** In the order of the first columns. */
    private static List<List<String>> rows(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet found = statement.executeQuery(sql)) {
            List<List<String>> rows = new ArrayList<>();
            while (found.next()) {
                List<String> row = new ArrayList<>();
                for (int n = 1; n <= found.getMetaData().getColumnCount(); n++) {
                    row.add(found.getString(n));
                }
                rows.add(row);
            }
            rows.sort(Comparator.comparing(List::toString));
            return rows;
        }
    }

    void change(String sql) throws SQLException {
        try (Connection connection = server.connect(url);
                Statement statement = connection.createStatement()) {
            assertThat(statement.executeUpdate(sql)).isPositive();
        }
    }

    /** Ends the copy when it says that. */
    public static Consumer<String> killAt(String moment) {
        return said -> {
            if (said.startsWith(moment)) {
                throw new Killed();
            }
        };
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.jobyard.store.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.jobyard.api.StoreException;
import io.jobyard.store.api.StoreFault;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.sql.Statement;
import java.util.Map;
import java.util.Properties;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.osgi.service.jdbc.DataSourceFactory;

class PostgresDialectTest {

    private final PostgresServer server = PostgresServer.shared();
    private final PostgresDialect dialect = new PostgresDialect();

    private DataSource source() throws SQLException {
        return source(server.newSchema());
    }

    private DataSource source(String url) throws SQLException {
        Properties properties = new Properties();
        properties.putAll(Map.of(
                DataSourceFactory.JDBC_URL,
                url,
                DataSourceFactory.JDBC_USER,
                PostgresServer.USER,
                DataSourceFactory.JDBC_PASSWORD,
                server.password()));
        return dialect.sources().createDataSource(properties);
    }

    @Test
    void servesItsOwnUrlsOnly() {
        assertThat(dialect.serves("jdbc:postgresql://db.example.com/jobs")).isTrue();
        assertThat(dialect.serves("jdbc:derby:/srv/db")).isFalse();
        assertThatThrownBy(() -> dialect.sources().createDataSource(new Properties()))
                .hasMessageContaining("jdbc:postgresql:");
    }

    @Test
    void aConnectionIsGivenUpAfterAMinuteOfSilenceUnlessTheUrlSaysOtherwise() throws SQLException {
        try (Connection connection = source().getConnection()) {
            assertThat(connection.getNetworkTimeout()).isEqualTo(60_000);
            dialect.prepareForLongStatements(connection);
            assertThat(connection.getNetworkTimeout()).isZero();
        }
        try (Connection connection =
                source(server.newSchema() + "&socketTimeout=7").getConnection()) {
            assertThat(connection.getNetworkTimeout()).isEqualTo(7_000);
        }
    }

    @Test
    void whatStoresChangesGoesByKeysInATableThatWasNeverAnalysed() throws SQLException {
        String some = "WHERE id IN (" + "'\\x00', ".repeat(63) + "'\\x01')";
        try (Connection connection = source().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE word (id BYTEA PRIMARY KEY, text TEXT)");
            dialect.prepareForChanges(connection);
            assertThat(plan(statement, some)).doesNotContain("Seq Scan").contains("word_pkey");
            connection.setAutoCommit(false);
            dialect.prepareForWholeTables(connection);
            assertThat(plan(statement, "")).contains("Seq Scan");
            connection.commit();
            assertThat(plan(statement, some)).doesNotContain("Seq Scan");
        }
    }

    private static String plan(Statement statement, String where) throws SQLException {
        StringBuilder plan = new StringBuilder();
        try (ResultSet rows = statement.executeQuery("EXPLAIN SELECT text FROM word " + where)) {
            while (rows.next()) {
                plan.append(rows.getString(1)).append('\n');
            }
        }
        return plan.toString();
    }

    @Test
    void tellsFaultsApart() {
        Map.ofEntries(
                        Map.entry("23505", StoreFault.DUPLICATE),
                        Map.entry("40001", StoreFault.CONFLICT),
                        Map.entry("40P01", StoreFault.CONFLICT),
                        Map.entry("55P03", StoreFault.CONFLICT),
                        Map.entry("08006", StoreFault.LOST),
                        Map.entry("57P01", StoreFault.LOST),
                        Map.entry("57P03", StoreFault.LOST),
                        Map.entry("25006", StoreFault.LOST),
                        Map.entry("25P03", StoreFault.LOST),
                        Map.entry("53300", StoreFault.LOST),
                        Map.entry("53100", StoreFault.FULL),
                        Map.entry("XX001", StoreFault.DAMAGED),
                        Map.entry("XX002", StoreFault.DAMAGED),
                        Map.entry("42P01", StoreFault.OTHER))
                .forEach((state, fault) -> assertThat(dialect.fault(new SQLException("", state)))
                        .as(state)
                        .isEqualTo(fault));
        assertThat(dialect.fault(new SQLTransientConnectionException("the pool has none")))
                .isEqualTo(StoreFault.LOST);
    }

    @Test
    void whatABatchFailsOnIsToldWithoutWhatIsStored() throws SQLException {
        try (Connection connection = source().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE word (text VARCHAR(20) PRIMARY KEY)");
            try (PreparedStatement row = connection.prepareStatement("INSERT INTO word (text) VALUES (?)")) {
                for (String word : new String[] {"private", "private"}) {
                    row.setString(1, word);
                    row.addBatch();
                }
                SQLException error = catchThrowableOfType(SQLException.class, row::executeBatch);
                assertThat(dialect.fault(error)).isEqualTo(StoreFault.DUPLICATE);
                assertThat(dialect.reason(error)).contains("word_pkey").doesNotContain("private");
            }
        }
    }

    @Test
    void whatTheStoreItselfFindsIsTold() {
        assertThat(dialect.reason(new SQLException("dependencies were removed")))
                .isEqualTo("dependencies were removed");
    }

    @Test
    void theFirstTableGoesIntoASchemaOfTheRolesName() throws SQLException {
        server.execute("CREATE ROLE jobyard LOGIN PASSWORD 'secret'");
        server.execute("CREATE DATABASE shop OWNER jobyard");
        Properties properties = new Properties();
        properties.putAll(Map.of(
                DataSourceFactory.JDBC_URL,
                server.newSchema().replaceFirst("/postgres\\?.*", "/shop"),
                DataSourceFactory.JDBC_USER,
                "jobyard",
                DataSourceFactory.JDBC_PASSWORD,
                "secret"));
        try (Connection connection =
                        dialect.sources().createDataSource(properties).getConnection();
                Statement statement = connection.createStatement()) {
            for (int start = 1; start <= 2; start++) {
                dialect.beforeFirstTable(connection);
                assertThat(connection.getSchema()).isEqualTo("jobyard");
            }
            statement.execute("SET search_path = elsewhere");
            dialect.beforeFirstTable(connection);
            assertThat(connection.getSchema())
                    .as("a schema that was named is not made")
                    .isNull();
        } finally {
            server.execute("DROP DATABASE shop");
            server.execute("DROP ROLE jobyard");
        }
    }

    @Test
    void checksAndCompactsTheTablesOfItsSchema() throws SQLException {
        try (Connection connection = source().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE word AS SELECT repeat('x', 100) AS text FROM generate_series(1, 10000)");
            statement.execute("CREATE TABLE other (text VARCHAR(20))");
            statement.execute("DELETE FROM word");
            assertThat(dialect.check(connection)).isEqualTo(2);
            assertThat(dialect.compact(connection)).isGreaterThan(1_000_000);
        }
    }

    @Test
    void thePlannerKnowsWhatTablesHoldOnceTheyAreAnalyzed() throws SQLException {
        try (Connection connection = source().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE word AS SELECT 1 AS text FROM generate_series(1, 1000)");
            dialect.analyze(connection);
            try (ResultSet row =
                    statement.executeQuery("SELECT reltuples FROM pg_class WHERE oid = CAST('word' AS regclass)")) {
                assertThat(row.next()).isTrue();
                assertThat(row.getInt(1)).isEqualTo(1_000);
            }
        }
    }

    @Test
    void aBackupIsForItsOwnTools() throws SQLException {
        try (Connection connection = source().getConnection()) {
            assertThatThrownBy(() -> dialect.backup(connection, Path.of("copy")))
                    .isInstanceOf(StoreException.class)
                    .hasMessageContaining("pg_dump");
        }
    }
}

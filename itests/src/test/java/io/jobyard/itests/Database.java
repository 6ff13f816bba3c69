// SPDX-License-Identifier: Apache-2.0
package io.jobyard.itests;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.apache.derby.iapi.jdbc.AutoloadedDriver;
import org.apache.derby.jdbc.EmbeddedDataSource;

/**
 * All rows of a store that no host has open: an instance's, or a backup. Its Derby or SQLite is opened in this process for as long as
 * the reading takes.
 */
final class Database {

    private static final List<String> TABLES = List.of(
            "job",
            "trail_page",
            "ready",
            "running",
            "handler_name",
            "feed",
            "sealed",
            "job_text",
            "job_log",
            "job_step",
            "step_text",
            "step_child",
            "job_signal",
            "job_stream",
            "edge",
            "blame",
            "release_marker",
            "live_key",
            "timer",
            "schedule",
            "schedule_fire",
            "lane",
            "incarnation",
            "audit");

    /** When the present row of a job was committed, by the database's clock: unknown in a Derby. */
    private static final String COMMITTED = "committed_at";

    private static final String UNKNOWN = "CAST(NULL AS TIMESTAMP)";
    private static final String KNOWN =
            "CASE WHEN current_setting('track_commit_timestamp') = 'on' THEN pg_xact_commit_timestamp(xmin) END";

    private static final String SHUT_DOWN = "08006"; // Derby says so when it did as asked
    private static final String ERRORS = "derby.stream.error.file";

    private final Map<String, List<Row>> tables = new HashMap<>();
    private final Map<List<Object>, String> texts = new HashMap<>();

    private Database() {}

    /** As if no handler had ever served any: the next host writes them again. */
    static void forgetServedTypes(Path instance) throws SQLException {
        change(instance, "DELETE FROM handler_type");
    }

    /** Writes into the store of an instance whose host is down. */
    static void change(Path instance, String sql) throws SQLException {
        Path folder = own(instance.resolve("data"));
        Path file = folder.resolve("jobs.db");
        if (Files.exists(file)) {
            try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file)) {
                execute(connection, sql);
            }
            return;
        }
        EmbeddedDataSource source = source(folder);
        try (Connection connection = source.getConnection()) {
            execute(connection, sql);
        } finally {
            shutDown(source);
        }
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** Puts other texts in the place of the histories that stand in rows; at least of one. */
    static void changeTrails(Path instance, UnaryOperator<String> change) throws SQLException {
        EmbeddedDataSource source = source(instance.resolve("data/db"));
        int changed = 0;
        try (Connection connection = source.getConnection();
                Statement statement =
                        connection.createStatement(ResultSet.TYPE_FORWARD_ONLY, ResultSet.CONCUR_UPDATABLE);
                ResultSet rows = statement.executeQuery("SELECT trail FROM job")) {
            while (rows.next()) {
                String trail = rows.getString(1);
                String other = change.apply(trail);
                if (!other.equals(trail)) {
                    rows.updateString(1, other);
                    rows.updateRow();
                    changed++;
                }
            }
        } finally {
            shutDown(source);
        }
        if (changed == 0) {
            throw new IllegalStateException("nothing was changed");
        }
    }

    /** The file of a table of a store that no host has open. */
    static Path file(Path folder, String table) throws SQLException {
        String number = "SELECT conglomeratenumber FROM sys.sysconglomerates JOIN sys.systables USING (tableid)"
                + " WHERE tablename = '" + table + "' AND NOT isindex";
        EmbeddedDataSource source = source(folder);
        try (Connection connection = source.getConnection();
                Statement statement = connection.createStatement();
                ResultSet found = statement.executeQuery(number)) {
            found.next();
            return folder.resolve("seg0/c" + Long.toHexString(found.getLong(1)) + ".dat");
        } finally {
            shutDown(source);
        }
    }

    private static EmbeddedDataSource source(Path folder) {
        boot(folder.resolveSibling("derby-of-the-checker.log"));
        EmbeddedDataSource source = new EmbeddedDataSource();
        source.setDatabaseName(folder.toString());
        return source;
    }

    /** The folder of an instance's own store in its data directory, or in a backup. */
    static Path own(Path directory) {
        Path sqlite = directory.resolve("sqlite");
        return Files.exists(sqlite) ? sqlite : directory.resolve("db");
    }

    /** Reads all, once every table agrees with its indexes. */
    static Database read(Path folder) throws SQLException {
        Path file = folder.resolve("jobs.db");
        return Files.exists(file) ? readSqlite(file) : readDerby(folder);
    }

    private static Database readSqlite(Path file) throws SQLException {
        Database database = new Database();
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement statement = connection.createStatement()) {
            try (ResultSet found = statement.executeQuery("PRAGMA integrity_check")) {
                if (!found.getString(1).equals("ok")) {
                    throw new SQLException(found.getString(1));
                }
            }
            for (String table : TABLES) {
                database.tables.put(table, rows(statement, table, "NULL"));
            }
        }
        database.keepTexts();
        return database;
    }

    private static Database readDerby(Path folder) throws SQLException {
        EmbeddedDataSource source = source(folder);
        Database database = new Database();
        try (Connection connection = source.getConnection();
                Statement statement = connection.createStatement()) {
            connection.setReadOnly(true);
            for (String table : TABLES) {
                check(statement, table.toUpperCase(Locale.ROOT));
                database.tables.put(table, rows(statement, table, UNKNOWN));
            }
        } catch (SQLException e) {
            try {
                shutDown(source);
            } catch (SQLException alsoBroken) {
                e.addSuppressed(alsoBroken);
            }
            throw e;
        }
        shutDown(source);
        database.keepTexts();
        return database;
    }

    /** Reads all of a store on a PostgreSQL, at one moment. */
    static Database read(Connection connection) throws SQLException {
        Database database = new Database();
        connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
        connection.setAutoCommit(false);
        try (Statement statement = connection.createStatement()) {
            for (String table : TABLES) {
                database.tables.put(table, rows(statement, table, KNOWN));
            }
        }
        connection.rollback();
        database.keepTexts();
        return database;
    }

    private void keepTexts() {
        rows("job_text").forEach(row -> texts.put(row.part("job_id", "kind"), row.text("content")));
    }

    /** The engine takes the place of its own log once, when it is first used. */
    private static void boot(Path errors) {
        if (System.getProperty(ERRORS) == null) {
            System.setProperty(ERRORS, errors.toString());
            new AutoloadedDriver();
            System.clearProperty(ERRORS);
        }
    }

    private static void check(Statement statement, String table) throws SQLException {
        try (ResultSet sound = statement.executeQuery("VALUES SYSCS_UTIL.SYSCS_CHECK_TABLE('APP', '" + table + "')")) {
            sound.next(); // throws if it is not
        }
    }

    private static List<Row> rows(Statement statement, String table, String committed) throws SQLException {
        String columns = table.equals("job") ? "job.*, " + committed + " AS " + COMMITTED : "*";
        String order = switch (table) {
            case "trail_page" -> " ORDER BY job_id, page";
            case "job_log" -> " ORDER BY job_id, line";
            case "job_stream" -> " ORDER BY job_id, number";
            case "audit", "feed" -> " ORDER BY incarnation, number";
            case "ready" -> " WHERE lane IS NOT NULL";
            default -> "";
        };
        try (ResultSet found = statement.executeQuery("SELECT " + columns + " FROM " + table + order)) {
            return Row.all(found);
        }
    }

    private static void shutDown(EmbeddedDataSource source) throws SQLException {
        source.setShutdownDatabase("shutdown");
        try (Connection none = source.getConnection()) {
            throw new IllegalStateException(none + " is open, but was to be shut down");
        } catch (SQLException e) {
            if (!SHUT_DOWN.equals(e.getSQLState())) {
                throw e;
            }
        }
    }

    List<Row> rows(String table) {
        return tables.get(table);
    }

    /** A payload, result or list of dependencies, wherever it stands; empty if there is none. */
    String text(Row job, String column) {
        String kind = column.substring(0, 1).toUpperCase(Locale.ROOT);
        return job.has(column) ? job.text(column) : texts.getOrDefault(List.of(job.text("id"), kind), "");
    }
}

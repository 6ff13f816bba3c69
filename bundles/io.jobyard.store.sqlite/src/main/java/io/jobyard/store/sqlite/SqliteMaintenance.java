// SPDX-License-Identifier: Apache-2.0
package io.jobyard.store.sqlite;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** SQLite's statements for a whole database. */
final class SqliteMaintenance {

    /** Pages that are released in one transaction. */
    private static final int SLICE = 500;

    private static final String TABLES =
            "SELECT COUNT(*) FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite!_%' ESCAPE '!'";

    private SqliteMaintenance() {}

    /** Copies the database as of one moment. Commits need not wait. */
    static void backup(Connection connection, Path directory) throws SQLException {
        Path folder = directory.resolve(SqliteFiles.FOLDER);
        Path copy = folder.resolve(SqliteFiles.FILE);
        try {
            Files.createDirectory(folder);
            execute(connection, "VACUUM INTO '" + copy.toString().replace("'", "''") + "'");
            force(copy);
            force(folder);
        } catch (IOException e) {
            throw new SQLException("the copy cannot be written: " + e, e);
        }
        try (Connection copied = SqliteFiles.open(copy)) {
            check(copied);
        }
    }

    private static void force(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    /** Reads every page, and compares each table with its indexes and the types of its columns. */
    static int check(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet problems = statement.executeQuery("PRAGMA integrity_check(1)")) {
            String first = problems.next() ? problems.getString(1) : "integrity_check gave no answer";
            if (!first.equals("ok")) {
                throw new SQLException(
                        SqliteFaults.damage(first.replaceAll("\\s+", " ").strip()), SqliteFaults.CORRUPT);
            }
        }
        return (int) number(connection, TABLES);
    }

    static void analyze(Connection connection) throws SQLException {
        execute(connection, "ANALYZE");
    }

    /** Releases free pages in small transactions, with pauses in which others can write. */
    static long compact(Connection connection) throws SQLException {
        long page = number(connection, "PRAGMA page_size");
        long free = number(connection, "PRAGMA freelist_count");
        long left = free;
        for (long before = left + 1; left > 0 && left < before; ) {
            long begun = System.nanoTime();
            execute(connection, "PRAGMA incremental_vacuum(" + SLICE + ")");
            LockSupport.parkNanos(Math.max(TimeUnit.MILLISECONDS.toNanos(2), System.nanoTime() - begun));
            before = left;
            left = number(connection, "PRAGMA freelist_count");
        }
        execute(connection, "PRAGMA wal_checkpoint(TRUNCATE)"); // only then the file itself is shorter
        return Math.max(0, free - left) * page;
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            if (statement.execute(sql)) {
                ResultSet rows = statement.getResultSet();
                while (rows.next()) {
                    // each step does a part of the work
                }
            }
        }
    }

    static long number(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            return row.next() ? row.getLong(1) : 0;
        }
    }
}

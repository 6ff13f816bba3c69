// SPDX-License-Identifier: Apache-2.0
package io.jobyard.store.sqlite;

import io.jobyard.store.api.DatabaseFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.Semaphore;

/** Files of the instance's own database. */
final class SqliteFiles implements DatabaseFiles {

    /** Directory in the instance's data directory, and in a backup. */
    static final String FOLDER = "sqlite";

    static final String FILE = "jobs.db";

    @Override
    public String folder() {
        return FOLDER;
    }

    @Override
    public String idFile() {
        return "sqlite.id";
    }

    @Override
    public String proof() {
        return FILE;
    }

    @Override
    public void make(Path folder, String id) throws SQLException {
        try {
            Files.createDirectories(folder.getParent());
            Files.createDirectory(
                    folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        } catch (IOException e) {
            throw new SQLException("the directory " + folder + " cannot be created: " + e, e);
        }
        Path file = folder.resolve(FILE);
        create(file);
        try (Connection connection = open(file)) {
            // Id of the database, one row. Written once. The host compares it with the file sqlite.id.
            try (Statement statement = connection.createStatement()) {
                statement.execute("CREATE TABLE store_id (id TEXT NOT NULL PRIMARY KEY) STRICT, WITHOUT ROWID");
            }
            try (PreparedStatement row = connection.prepareStatement("INSERT INTO store_id VALUES (?)")) {
                row.setString(1, id);
                row.executeUpdate();
            }
        }
    }

    @Override
    public String id(Path folder) throws SQLException {
        try (Connection connection = open(folder.resolve(FILE))) {
            return id(connection);
        }
    }

    static String id(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT id FROM store_id")) {
            return row.next() ? row.getString(1) : "";
        }
    }

    @Override
    public boolean wasLeftOpen(Path folder) throws IOException {
        Path log = folder.resolve(FILE + "-wal"); // the last connection that is closed removes it
        return Files.exists(log) && Files.size(log) > 0;
    }

    /** Creates an empty database, which only the host's user may read. Connections create none. */
    static void create(Path file) throws SQLException {
        try {
            Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        } catch (IOException e) {
            throw new SQLException(
                    "the database file " + file + " cannot be created: " + e, SqliteFaults.NO_CONNECTION, e);
        }
    }

    /** Opens an existing file that no other process uses. */
    static Connection open(Path file) throws SQLException {
        return new SqliteSource(new SqliteUrl(file, false, List.of()), new Semaphore(1)).getConnection();
    }
}

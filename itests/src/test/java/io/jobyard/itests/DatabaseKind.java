// SPDX-License-Identifier: Apache-2.0
package io.jobyard.itests;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Locale;

/** Kinds of databases in an instance's own data directory. */
public enum DatabaseKind {
    DERBY("db", "(page ", "(table FEED, page ") {
        private static final int PAGE = 32_768;

        /** Behind its header, which has no checksum. */
        @Override
        Page page(Path folder, String table, int quarters) throws SQLException {
            Path file = Database.file(folder, table);
            return new Page(file, file.toFile().length() / PAGE * quarters / 4 * PAGE + 64);
        }
    },
    SQLITE("sqlite", "(SQLite says ", "(") {
        private static final int PAGE = 4_096;

        @Override
        void choose(HostProcess host) throws IOException {
            host.configure("io.jobyard.store", "url = jdbc:sqlite:");
        }

        /** In order of the rows, and not of the file. */
        @Override
        Page page(Path folder, String table, int quarters) throws SQLException {
            Path file = folder.resolve("jobs.db");
            try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                    PreparedStatement pages =
                            connection.prepareStatement("WITH leaf AS (SELECT pageno, ROW_NUMBER() OVER"
                                    + " (ORDER BY path) - 1 AS n, COUNT(*) OVER () AS pages FROM dbstat WHERE name = ? AND"
                                    + " pagetype = 'leaf') SELECT pageno FROM leaf WHERE n = pages * ? / 4")) {
                pages.setString(1, table.toLowerCase(Locale.ROOT));
                pages.setInt(2, quarters);
                try (ResultSet found = pages.executeQuery()) {
                    return new Page(file, (found.getLong(1) - 1) * PAGE);
                }
            }
        }
    };

    /**
     * A page of a database's file.
     *
     * @param begin offset of the first byte to damage
     */
    record Page(Path file, long begin) {

        /** Writes over its rows. */
        void damage() throws IOException {
            try (RandomAccessFile all = new RandomAccessFile(file.toFile(), "rw")) {
                all.seek(begin);
                all.write("#".repeat(2_000).getBytes(StandardCharsets.US_ASCII));
            }
        }
    }

    private final String folder;
    private final String damaged;
    private final String damagedFeed;

    DatabaseKind(String folder, String damaged, String damagedFeed) {
        this.folder = folder;
        this.damaged = damaged;
        this.damagedFeed = damagedFeed;
    }

    /** The name of the database's folder, in a data directory and in a backup. */
    String folder() {
        return folder;
    }

    /** How a start names a damage. */
    String damaged() {
        return "the database is damaged " + damaged;
    }

    /** How a check names the place of a damage in the feed. */
    String damagedFeed() {
        return "the database is damaged " + damagedFeed;
    }

    /** Selects it for an instance that was not started yet. */
    void choose(HostProcess host) throws IOException {}

    /** Finds the page behind so many quarters of a table's rows. No host has the database open. */
    abstract Page page(Path folder, String table, int quarters) throws SQLException;
}

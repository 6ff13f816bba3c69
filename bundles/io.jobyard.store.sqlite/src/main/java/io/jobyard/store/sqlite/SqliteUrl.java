// SPDX-License-Identifier: Apache-2.0
package io.jobyard.store.sqlite;

import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * JDBC URL of a database file: {@code jdbc:sqlite:/disk/jobs.db}, with {@code create=true} and pragmas after a question mark.
 *
 * @param file the database file
 * @param create whether a missing file is created
 * @param pragmas settings of each connection, for example {@code cache_size=-16384}
 */
record SqliteUrl(Path file, boolean create, List<String> pragmas) {

    static final String PREFIX = "jdbc:sqlite:";

    /** The connections of one host must share a file. */
    private static final Pattern OTHER = Pattern.compile("(?i)(:memory:|:resource:|file:).*");

    private static final String CREATE = "create=true";

    /** Pragmas about memory and the size of the log. Others could weaken what a commit promises, for example synchronous. */
    private static final Pattern PRAGMA =
            Pattern.compile("(cache_size|journal_size_limit|mmap_size|temp_store|wal_autocheckpoint)=[A-Za-z0-9-]+");

    SqliteUrl {
        pragmas = List.copyOf(pragmas);
    }

    /** Returns whether a URL names a file; the URL without a file names the database of the instance. */
    static boolean isServed(String url) {
        return url.startsWith(PREFIX)
                && !OTHER.matcher(url.substring(PREFIX.length())).matches();
    }

    static SqliteUrl of(String url) throws SQLException {
        String[] parts = isServed(url) ? url.substring(PREFIX.length()).split("\\?", 2) : new String[] {""};
        if (parts[0].isEmpty()) {
            throw new SQLException(
                    "invalid url = " + url + ": it names no SQLite database file; use " + PREFIX + "/DIRECTORY/FILE");
        }
        List<String> pragmas = new ArrayList<>(List.of(parts.length > 1 ? parts[1].split("&") : new String[0]));
        boolean create = pragmas.remove(CREATE);
        for (String pragma : pragmas) {
            if (!PRAGMA.matcher(pragma).matches()) {
                throw new SQLException("invalid pragma '" + pragma + "' in url: use " + CREATE + ", or cache_size,"
                        + " journal_size_limit, mmap_size, temp_store or wal_autocheckpoint, as name=value");
            }
        }
        return new SqliteUrl(Path.of(parts[0]).toAbsolutePath().normalize(), create, pragmas);
    }
}

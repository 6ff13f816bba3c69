// SPDX-License-Identifier: Apache-2.0
package io.jobyard.benchmarks;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import org.jspecify.annotations.Nullable;

/**
 * Where hosts and floors keep their tables: each in an embedded database of its own, or each in a schema of its own of one
 * PostgreSQL. Floors have Derby if hosts have SQLite.
 *
 * @param url of the PostgreSQL, with its user, or {@value #SQLITE}; null for Derby
 */
record Database(@Nullable String url) {

    static final String SQLITE = "jdbc:sqlite:";

    /** How tables of results call it. */
    String name() {
        return isDefault() ? "Derby" : SQLITE.equals(url) ? "SQLite" : "PostgreSQL";
    }

    /** Whether a host without a configuration has it. */
    boolean isDefault() {
        return url == null;
    }

    /** Whether its files are in the host's instance. */
    boolean isEmbedded() {
        return isDefault() || SQLITE.equals(url);
    }

    /** The URL of an empty one. */
    String empty(Path directory, String name) throws IOException {
        return isEmbedded() ? "jdbc:derby:" + directory.resolve(name) + ";create=true" : schema(url, name);
    }

    /** Has a host that was not started yet work on an empty one. */
    void giveTo(MeasuredHost host, String name) throws IOException {
        if (SQLITE.equals(url)) {
            host.configure("io.jobyard.store", "url = " + url);
        } else if (url != null) {
            host.configure("io.jobyard.store", "url = " + schema(url, name));
        }
    }

    private static String schema(String url, String name) throws IOException {
        String schema = "bench_" + name.replace('-', '_');
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement()) {
            statement.execute("DROP SCHEMA IF EXISTS " + schema + " CASCADE");
            statement.execute("CREATE SCHEMA " + schema);
            statement.execute("CHECKPOINT");
        } catch (SQLException e) {
            throw new IOException("no empty schema in " + url + ": " + e.getMessage(), e);
        }
        return url + (url.contains("?") ? "&" : "?") + "currentSchema=" + schema;
    }
}

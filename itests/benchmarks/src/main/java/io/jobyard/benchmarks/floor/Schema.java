// SPDX-License-Identifier: Apache-2.0
package io.jobyard.benchmarks.floor;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.jar.JarFile;

/** The host's own schema, out of its store bundle. */
final class Schema {

    private static final String SCRIPT = "schema/0001.sql";

    private Schema() {}

    static void create(Connection connection, Path storeBundle) throws IOException, SQLException {
        try (Statement statement = connection.createStatement()) {
            for (String sql : script(storeBundle).split(";")) {
                if (!sql.isBlank()) {
                    statement.execute(sql.strip());
                }
            }
        }
    }

    private static String script(Path storeBundle) throws IOException {
        try (JarFile jar = new JarFile(storeBundle.toFile());
                InputStream in = jar.getInputStream(jar.getEntry(SCRIPT))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .replaceAll("(?m)--.*$", "")
                    .replace("${id}", "CHAR(16) FOR BIT DATA")
                    .replace("${digest}", "CHAR(32) FOR BIT DATA")
                    .replace("${long.text}", "CLOB");
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.jobyard.benchmarks.floor;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.jar.JarFile;
import java.util.zip.ZipEntry;

/** The host's own schema, out of its store bundle. */
final class Schema {

    private static final String STEP = "schema/\\d+\\.sql";

    private Schema() {}

    static void create(Connection connection, Path storeBundle) throws IOException, SQLException {
        try (JarFile jar = new JarFile(storeBundle.toFile());
                Statement statement = connection.createStatement()) {
            for (String step : steps(jar)) {
                for (String sql : script(jar, step).split(";")) {
                    if (!sql.isBlank()) {
                        statement.execute(sql.strip());
                    }
                }
            }
        }
    }

    private static List<String> steps(JarFile jar) {
        return jar.stream()
                .map(ZipEntry::getName)
                .filter(name -> name.matches(STEP))
                .sorted()
                .toList();
    }

    private static String script(JarFile jar, String step) throws IOException {
        try (InputStream in = jar.getInputStream(jar.getEntry(step))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .replaceAll("(?m)--.*$", "")
                    .replace("${id}", "CHAR(16) FOR BIT DATA")
                    .replace("${digest}", "CHAR(32) FOR BIT DATA")
                    .replace("${long.text}", "CLOB");
        }
    }
}

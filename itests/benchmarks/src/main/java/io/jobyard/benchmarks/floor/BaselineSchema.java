// SPDX-License-Identifier: Apache-2.0
package io.jobyard.benchmarks.floor;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.jar.JarFile;
import java.util.zip.ZipEntry;

/** The host's own schema, out of its store bundle. */
final class BaselineSchema {

    /** What people read and what applications call: nobody writes it. */
    private static final String FACES = "(?s)\nCREATE (VIEW job_history|FUNCTION) .*";

    private static final String PAGES = "CALL SYSCS_UTIL.SYSCS_SET_DATABASE_PROPERTY('derby.storage.pageSize', %s)";
    private static final String RESERVE =
            "CALL SYSCS_UTIL.SYSCS_SET_DATABASE_PROPERTY('derby.storage.pageReservedSpace', %s)";
    /** Those of the host's Derby that its steps alone ask for. */
    private static final Map<String, String> WORDS = Map.ofEntries(
            Map.entry("digest", "CHAR(32) FOR BIT DATA"),
            Map.entry("bytes", "VARCHAR(32000) FOR BIT DATA"),
            Map.entry("large.pages", PAGES.formatted("'32768'") + ";\n" + RESERVE.formatted("'0'")),
            Map.entry("full.pages", PAGES.formatted("'4096'") + ";\n" + RESERVE.formatted("'0'")),
            Map.entry("small.pages", PAGES.formatted("'4096'") + ";\n" + RESERVE.formatted("'33'")),
            Map.entry("usual.pages", PAGES.formatted("NULL") + ";\n" + RESERVE.formatted("NULL")));

    private final Dialect dialect;

    BaselineSchema(Dialect dialect) {
        this.dialect = dialect;
    }

    void create(Connection connection, Path storeBundle) throws IOException, SQLException {
        try (JarFile jar = new JarFile(storeBundle.toFile());
                Statement statement = connection.createStatement()) {
            for (String step : steps(jar)) {
                for (String sql : script(jar, step).split(";\\s*\n|;\\s*$")) {
                    if (!sql.isBlank()) {
                        statement.execute(sql.strip());
                    }
                }
            }
        }
    }

    private List<String> steps(JarFile jar) {
        return jar.stream()
                .map(ZipEntry::getName)
                .filter(name -> name.matches(dialect.steps()))
                .sorted(Comparator.comparing(name -> name.substring(name.lastIndexOf('/'))))
                .toList();
    }

    private String script(JarFile jar, String step) throws IOException {
        try (InputStream in = jar.getInputStream(jar.getEntry(step))) {
            String sql = new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .replaceAll(FACES, "\n")
                    .replaceAll("(?m)--.*$", "")
                    .replace("${id}", dialect.id())
                    .replace("${long.text}", dialect.text());
            for (Map.Entry<String, String> word : WORDS.entrySet()) {
                sql = sql.replace("${" + word.getKey() + "}", word.getValue());
            }
            return sql;
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.jobyard.store.jpa.schema;

import io.jobyard.settings.api.Sha256;
import io.jobyard.store.api.StoreDialect;
import io.jobyard.store.jpa.sql.Session;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Script of one schema step, which is one transaction. */
public record SchemaScript(int step, String text) {

    /** First line of a step that is applied while hosts of the previous version use the database. */
    public static final String OLDER_HOSTS = "-- Older hosts can run with this step.\n";

    /** A statement up to its semicolon. Semicolons in comments and function bodies do not end it. */
    private static final Pattern STATEMENT =
            Pattern.compile("(?:[^;$-]++|--[^\n]*+|-|\\$\\$.*?\\$\\$|\\$)++", Pattern.DOTALL);

    /** Returns the script of a step for a kind of database: its own script, or the common one. */
    public static SchemaScript of(int step, StoreDialect dialect) {
        String own = "/schema/%s/%04d.sql".formatted(dialect.name().toLowerCase(Locale.ROOT), step);
        String common = "/schema/%04d.sql".formatted(step);
        return Stream.of(own, common)
                .map(SchemaScript::text)
                .filter(Objects::nonNull)
                .map(text -> new SchemaScript(step, text))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(common + " is missing in this bundle"));
    }

    private static @Nullable String text(String resource) {
        try (InputStream in = SchemaScript.class.getResourceAsStream(resource)) {
            return in == null ? null : new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns whether hosts of the previous version may continue. The step only adds objects, and these hosts read and write as before. */
    boolean isForOlderHosts() {
        return text.startsWith(OLDER_HOSTS);
    }

    List<String> statements(StoreDialect dialect) {
        String sql = text.replaceAll("(?m)^--.*$", "");
        for (Map.Entry<String, String> word : dialect.scriptWords().entrySet()) {
            sql = sql.replace("${" + word.getKey() + "}", word.getValue());
        }
        return STATEMENT
                .matcher(sql)
                .results()
                .map(found -> found.group().strip())
                .filter(statement -> !statement.isEmpty())
                .toList();
    }

    public String checksum() {
        return Sha256.hex(text);
    }

    /** Executes statements without parameters. */
    public static void run(Session session, List<String> statements) throws SQLException {
        for (String sql : statements) {
            try (var statement = session.connection().createStatement()) {
                statement.execute(sql);
            }
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.jobyard.store.jpa;

import io.jobyard.settings.api.Sha256;
import io.jobyard.store.api.StoreDialect;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The script of one step of the schema: one transaction, or three parts that {@link JobCopy} takes. */
record SchemaScript(int step, String text) {

    /** What parts a script: all that is before the slices. */
    static final String BEGIN = "begin";
    /** For each slice; its statements are told the id above it, and its least id. */
    static final String SLICE = "slice";

    static final String FINISH = "finish";

    /** The first line of a step that is taken while hosts of the version before work on the database. */
    static final String OLDER_HOSTS = "-- Older hosts go on beside this step.\n";

    /** Up to a semicolon; those in the body of a function end nothing. */
    private static final Pattern STATEMENT = Pattern.compile("(?:[^;$]++|\\$\\$.*?\\$\\$|\\$)++", Pattern.DOTALL);

    private static final Pattern INDEX = Pattern.compile("\\$\\{index (\\w+)}");

    /** The script of that step for a kind of database: one of its own, or the common one. */
    static SchemaScript of(int step, StoreDialect dialect) {
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

    /** Whether it says that hosts of the version before go on beside it: they read and write what they did, and it only adds. */
    boolean isForOlderHosts() {
        return text.startsWith(OLDER_HOSTS);
    }

    boolean isSliced() {
        return text.contains(head(SLICE));
    }

    /** The statements of a script that has no parts. */
    List<String> statements(StoreDialect dialect) {
        return read(text, dialect);
    }

    List<String> statements(String part, StoreDialect dialect) {
        String rest = text.substring(text.indexOf(head(part)) + head(part).length());
        int end = Stream.of(SLICE, FINISH)
                .mapToInt(next -> rest.indexOf(head(next)))
                .filter(index -> index >= 0)
                .min()
                .orElse(rest.length());
        return read(rest.substring(0, end), dialect);
    }

    private static String head(String part) {
        return "\n-- " + part + "\n";
    }

    private static List<String> read(String sections, StoreDialect dialect) {
        String sql = sections.replaceAll("(?m)^--.*$", "");
        for (Map.Entry<String, String> word : dialect.scriptWords().entrySet()) {
            sql = sql.replace("${" + word.getKey() + "}", word.getValue());
        }
        sql = INDEX.matcher(sql).replaceAll(found -> index(found, dialect));
        return STATEMENT
                .matcher(sql)
                .results()
                .map(found -> found.group().strip())
                .filter(statement -> !statement.isEmpty())
                .toList();
    }

    private static String index(MatchResult found, StoreDialect dialect) {
        return Matcher.quoteReplacement(dialect.withIndex(found.group(1)));
    }

    String checksum() {
        return Sha256.hex(text);
    }

    /** Sends statements that take no values. */
    static void run(Session session, List<String> statements) throws SQLException {
        for (String sql : statements) {
            try (var statement = session.connection().createStatement()) {
                statement.execute(sql);
            }
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.jobyard.store.jpa.copy;

import io.jobyard.api.StoreException;
import io.jobyard.store.api.StoreDialect;
import io.jobyard.store.jpa.schema.CopyMark;
import io.jobyard.store.jpa.schema.Pool;
import io.jobyard.store.jpa.schema.Schema;
import io.jobyard.store.jpa.schema.SchemaScript;
import io.jobyard.store.jpa.sql.Session;
import io.jobyard.store.jpa.sql.StoreSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** One of the two databases of a copy, on one connection. Error messages contain its name. Only for one thread. */
public final class CopiedStore implements AutoCloseable {

    public interface Work<T> {
        T with(Session session) throws SQLException;
    }

    private static final String STEPS = "SELECT step, checksum FROM schema_version";

    private final StoreDialect dialect;
    private final String name;
    private final Session session;

    public CopiedStore(StoreDialect dialect, String name, Connection connection) {
        this.dialect = dialect;
        this.name = name;
        session = new Session(connection);
        beginTransactions();
    }

    /** Turns auto-commit off. */
    void beginTransactions() {
        ask(any -> {
            any.connection().setAutoCommit(false);
            return true;
        });
    }

    /** Opens the existing store of these settings, for the instance with this data directory. */
    public static CopiedStore source(StoreSettings settings, StoreDialect dialect, Path data, Consumer<String> doing) {
        missing(settings, dialect, data).ifPresent(file -> {
            throw new StoreException("no store to move: " + file + " is missing", null);
        });
        return open(settings, dialect, data, false, doing);
    }

    /** Opens the database of the settings; creates an embedded database if it does not exist. */
    public static CopiedStore target(StoreSettings settings, StoreDialect dialect, Path data, Consumer<String> doing) {
        return open(settings, dialect, data, missing(settings, dialect, data).isPresent(), doing);
    }

    private static Optional<Path> missing(StoreSettings settings, StoreDialect dialect, Path data) {
        return dialect.proof(Pool.url(settings, dialect, data)).filter(Files::notExists);
    }

    private static CopiedStore open(
            StoreSettings settings, StoreDialect dialect, Path data, boolean anew, Consumer<String> doing) {
        String url = Pool.url(settings, dialect, data);
        boolean isOwn = dialect.isOwn(settings.url());
        String name = isOwn ? "the database in " + dialect.folder(url).orElse(data) : settings.position();
        try {
            if (isOwn) {
                dialect.prepare(data, anew, doing);
            }
            doing.accept("opening " + name);
            Connection connection = dialect.sources()
                    .createDataSource(Pool.properties(settings, url))
                    .getConnection();
            dialect.prepareForLongStatements(connection);
            return new CopiedStore(dialect, name, connection);
        } catch (SQLException e) {
            throw new StoreException(name + " cannot be opened: " + dialect.reason(e), e);
        }
    }

    StoreDialect dialect() {
        return dialect;
    }

    String name() {
        return name;
    }

    public <T> T ask(Work<T> work) {
        try {
            return work.with(session);
        } catch (SQLException e) {
            throw new StoreException(name + ": " + dialect.reason(e), e);
        }
    }

    void commit() {
        ask(any -> {
            any.connection().commit();
            return true;
        });
    }

    /** Returns the checksums of the applied schema steps by number; empty if the database has no store. */
    private Map<Integer, String> steps() {
        return ask(any -> {
            Map<Integer, String> taken = new TreeMap<>();
            try {
                any.list(STEPS, row -> taken.put(row.getInt(1), row.getString(2)));
            } catch (SQLException e) {
                if (!dialect.isMissingName(e)) {
                    throw e;
                }
                any.connection().rollback();
            }
            return taken;
        });
    }

    /** Returns the stamp of the store whose copy to this database is incomplete; empty for none. */
    Optional<String> mark() {
        return Optional.ofNullable(steps().get(CopyMark.STEP));
    }

    /**
     * Rejects a database of a build from before the first release.
     *
     * @throws StoreException with the name of the database and a remedy
     */
    void refuseUnreleased() {
        try {
            Schema.refuseUnreleased(steps(), SchemaScript.of(Schema.FIRST, dialect));
        } catch (StoreException e) {
            throw new StoreException(name + ": " + e.getMessage(), e);
        }
    }

    /** Returns whether the database has the complete schema of this version. */
    boolean isCurrent() {
        Map<Integer, String> steps = steps();
        return SchemaScript.of(Schema.CURRENT, dialect).checksum().equals(steps.get(Schema.CURRENT))
                && steps.keySet().stream().noneMatch(step -> step > Schema.CURRENT);
    }

    long count(String table) {
        return ask(any ->
                any.list("SELECT COUNT(*) FROM " + table, row -> row.getLong(1)).get(0));
    }

    /** Returns text to append to a table's name, so that a query uses the index over its key and need not sort long rows. */
    String inOrderOf(CopiedTable table) {
        return dialect.withIndex("").isEmpty()
                ? ""
                : ask(any -> index(any.connection().getMetaData(), table)
                        .map(name -> dialect.withIndex('"' + name + '"'))
                        .orElse(""));
    }

    private static Optional<String> index(DatabaseMetaData database, CopiedTable table) throws SQLException {
        String name = database.storesUpperCaseIdentifiers() ? table.name().toUpperCase(Locale.ROOT) : table.name();
        Map<String, List<String>> columns = new TreeMap<>();
        try (ResultSet rows = database.getIndexInfo(null, null, name, true, true)) {
            while (rows.next()) {
                columns.merge(
                        rows.getString("INDEX_NAME"),
                        List.of(rows.getString("COLUMN_NAME").toLowerCase(Locale.ROOT)),
                        CopiedStore::joined);
            }
        }
        return columns.entrySet().stream()
                .filter(index -> index.getValue().equals(table.key()))
                .map(Map.Entry::getKey)
                .findFirst();
    }

    private static List<String> joined(List<String> before, List<String> next) {
        return Stream.concat(before.stream(), next.stream()).toList();
    }

    @Override
    public void close() {
        ask(any -> {
            any.connection().rollback();
            any.close();
            return true;
        });
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.jobyard.store.sqlite;

import io.jobyard.settings.api.Instance;
import io.jobyard.store.api.DatabaseFolder;
import io.jobyard.store.api.StoreDialect;
import io.jobyard.store.api.StoreFault;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.jdbc.DataSourceFactory;

/** Properties of SQLite for the store. */
@Component(property = StoreDialect.URL + "=" + SqliteUrl.PREFIX)
public final class SqliteDialect implements StoreDialect {

    private final SqliteEngine engine;

    @Activate
    public SqliteDialect(@Reference Instance instance) {
        this(new SqliteEngine(instance.data().resolve("native")));
    }

    /** For a program without a framework, which unpacks the native library into the working directory. */
    public SqliteDialect() {
        this(new SqliteEngine(Path.of("")));
    }

    SqliteDialect(SqliteEngine engine) {
        this.engine = engine;
    }

    /** Stops after all users have closed the database. */
    @Deactivate
    public void stop() {
        engine.shutdown();
    }

    @Override
    public String name() {
        return "SQLite";
    }

    @Override
    public boolean serves(String url) {
        return SqliteUrl.isServed(url);
    }

    @Override
    public DataSourceFactory sources() {
        return new SqliteSources(engine);
    }

    @Override
    public boolean isOwn(String url) {
        return url.equals(SqliteUrl.PREFIX);
    }

    @Override
    public Optional<String> ownUrl(Path data) {
        return Optional.of(SqliteUrl.PREFIX
                + data.toAbsolutePath().resolve(SqliteFiles.FOLDER).resolve(SqliteFiles.FILE));
    }

    @Override
    public void prepare(Path data, boolean anew, Consumer<String> doing) throws SQLException {
        new DatabaseFolder(data, new SqliteFiles()).prepare(anew, doing);
    }

    @Override
    public void condemn(Path data, String why) throws IOException {
        new DatabaseFolder(data, new SqliteFiles()).condemn(why);
    }

    @Override
    public Optional<Path> proof(String url) {
        try {
            return Optional.of(SqliteUrl.of(url).file());
        } catch (SQLException e) {
            return Optional.empty(); // no file
        }
    }

    /** The lock of the file keeps other hosts out. */
    @Override
    public Optional<String> sharedClock() {
        return Optional.empty();
    }

    @Override
    public String remedy() {
        return "stop the host and restore a backup with 'bin/jobyard restore DIR'";
    }

    /** An index can be over part of the rows, and one statement for each job is faster than two. */
    @Override
    public boolean placesInRow() {
        return true;
    }

    /** Longer rows have further pages anyway. */
    @Override
    public int pageBytes() {
        return 8_000;
    }

    /** Strict tables know few types; later scripts for all databases need one for SQLite too. */
    @Override
    public Map<String, String> scriptWords() {
        return Map.ofEntries(
                Map.entry("id", "BLOB"),
                Map.entry("digest", "BLOB"),
                Map.entry("bytes", "BLOB"),
                Map.entry("long.text", "TEXT"),
                Map.entry("full.pages", ""),
                Map.entry("large.pages", ""),
                Map.entry("small.pages", ""),
                Map.entry("usual.pages", ""));
    }

    /** Its planner takes an index that fits without statistics. */
    @Override
    public String withIndex(String index) {
        return "";
    }

    @Override
    public String withConstraint(String constraint) {
        return "";
    }

    /** The writing connection keeps 64 MB of pages: it reads and changes recent jobs. */
    @Override
    public void prepareForChanges(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("PRAGMA cache_size=-65536");
        }
    }

    /** SQLite has no SQLSTATE. */
    @Override
    public boolean isMissingName(SQLException error) {
        return String.valueOf(error.getMessage()).contains("no such table");
    }

    @Override
    public StoreFault fault(SQLException error) {
        return SqliteFaults.of(error);
    }

    @Override
    public String reason(SQLException error) {
        return SqliteFaults.reason(error);
    }

    @Override
    public void backup(Connection connection, Path directory) throws SQLException {
        SqliteMaintenance.backup(connection, directory);
    }

    @Override
    public int check(Connection connection) throws SQLException {
        return SqliteMaintenance.check(connection);
    }

    @Override
    public void analyze(Connection connection) throws SQLException {
        SqliteMaintenance.analyze(connection);
    }

    @Override
    public long compact(Connection connection) throws SQLException {
        return SqliteMaintenance.compact(connection);
    }
}

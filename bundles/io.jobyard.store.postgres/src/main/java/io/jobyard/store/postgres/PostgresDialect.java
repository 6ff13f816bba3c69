// SPDX-License-Identifier: Apache-2.0
package io.jobyard.store.postgres;

import io.jobyard.api.StoreException;
import io.jobyard.store.api.MessageDialect;
import io.jobyard.store.api.StoreDialect;
import io.jobyard.store.api.StoreFault;
import io.jobyard.store.api.StoreSignals;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.jdbc.DataSourceFactory;

/** Dialect of PostgreSQL for the store. */
@Component(property = StoreDialect.URL + "=" + PostgresSources.PREFIX)
public final class PostgresDialect implements StoreDialect {

    @Override
    public String name() {
        return "PostgreSQL";
    }

    @Override
    public boolean serves(String url) {
        return url.startsWith(PostgresSources.PREFIX);
    }

    @Override
    public DataSourceFactory sources() {
        return new PostgresSources();
    }

    @Override
    public Optional<String> ownUrl(Path data) {
        return Optional.empty();
    }

    /** Never called, because PostgreSQL always has a configured database. */
    @Override
    public void prepare(Path data, boolean anew, Consumer<String> doing) {
        throw new IllegalStateException("create a PostgreSQL database with its own tools");
    }

    /** Returns empty, because the files belong to the PostgreSQL server. */
    @Override
    public void condemn(Path data, String why) {
        throw new IllegalStateException("lock a PostgreSQL database with its own tools");
    }

    @Override
    public Optional<Path> proof(String url) {
        return Optional.empty();
    }

    @Override
    public Optional<String> sharedClock() {
        return Optional.of("CAST(EXTRACT(EPOCH FROM clock_timestamp()) * 1000000 AS BIGINT)");
    }

    @Override
    public Optional<StoreSignals> signals() {
        return Optional.of(new PostgresSignals());
    }

    @Override
    public String remedy() {
        return "stop the host and restore the database with PostgreSQL's own tools";
    }

    /**
     * Creates the schema with the role's name, which PostgreSQL searches first. Applications have their own tables in the same database,
     * and call the submit function by this name. A configured schema already exists.
     */
    @Override
    public void beforeFirstTable(Connection connection) throws SQLException {
        execute(
                connection,
                "DO $$ BEGIN IF current_setting('search_path') = '\"$user\", public'"
                        + " AND to_regnamespace(quote_ident(current_user)) IS NULL"
                        + " AND has_database_privilege(current_database(), 'CREATE')"
                        + " THEN CREATE SCHEMA AUTHORIZATION CURRENT_USER; END IF; END $$");
    }

    /**
     * Makes the planner use indexes: it assumes that a table without statistics is small, and scans it. Scans are therefore disabled. A
     * query that needs a scan then counts as expensive enough for JIT compilation, so that is disabled too.
     */
    @Override
    public void prepareForChanges(Connection connection) throws SQLException {
        execute(connection, "SET enable_seqscan = off; SET jit = off");
    }

    @Override
    public void prepareForWholeTables(Connection connection) throws SQLException {
        execute(connection, "SET LOCAL enable_seqscan = on");
    }

    @Override
    public void prepareForLongStatements(Connection connection) throws SQLException {
        connection.setNetworkTimeout(Runnable::run, 0);
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    @Override
    public boolean takesSubmissions() {
        return true;
    }

    /** Returns true: with a separate table, which the planner assumes to be empty, drains were about twenty times slower. */
    @Override
    public boolean placesInRow() {
        return true;
    }

    /** Returns the size that, with the next record, fits into the 8,160 bytes of a page's row. */
    @Override
    public int pageBytes() {
        return 7_000;
    }

    @Override
    public Map<String, String> scriptWords() {
        return Map.ofEntries(
                Map.entry("id", "BYTEA"),
                Map.entry("digest", "BYTEA"),
                Map.entry("bytes", "BYTEA"),
                Map.entry("long.text", "TEXT"),
                Map.entry("full.pages", ""),
                Map.entry("large.pages", ""),
                Map.entry("small.pages", ""),
                Map.entry("usual.pages", ""));
    }

    /** Returns no hint, because PostgreSQL has none; its planner uses the statistics. */
    @Override
    public String withIndex(String index) {
        return "";
    }

    @Override
    public String withConstraint(String constraint) {
        return "";
    }

    @Override
    public Optional<MessageDialect> messages() {
        return Optional.of(new PostgresMessages());
    }

    @Override
    public boolean isUndone(SQLException error) {
        return PostgresFaults.isUndone(error);
    }

    @Override
    public StoreFault fault(SQLException error) {
        return PostgresFaults.of(error);
    }

    @Override
    public String reason(SQLException error) {
        return PostgresFaults.reason(error);
    }

    @Override
    public void backup(Connection connection, Path directory) {
        throw new StoreException(
                "this command copies the embedded database only; copy a PostgreSQL database with its own tools, for"
                        + " example pg_dump --format=custom, while the host runs",
                null);
    }

    @Override
    public int check(Connection connection) throws SQLException {
        return PostgresMaintenance.check(connection);
    }

    @Override
    public void analyze(Connection connection) throws SQLException {
        PostgresMaintenance.analyze(connection);
    }

    @Override
    public long compact(Connection connection) throws SQLException {
        return PostgresMaintenance.compact(connection);
    }
}

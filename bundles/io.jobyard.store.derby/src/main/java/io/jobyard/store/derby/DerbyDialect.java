// SPDX-License-Identifier: Apache-2.0
package io.jobyard.store.derby;

import io.jobyard.settings.api.Instance;
import io.jobyard.store.api.DatabaseFolder;
import io.jobyard.store.api.StoreDialect;
import io.jobyard.store.api.StoreFault;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.jdbc.DataSourceFactory;

/** Dialect of Derby. The engine runs as long as the dialect has users. */
@Component(
        property = {
            StoreDialect.URL + "=" + DerbyDataSources.PREFIX,
            StoreDialect.EMBEDDED + ":Boolean=true",
        })
public final class DerbyDialect implements StoreDialect {

    private static final Set<String> CONFLICTS = Set.of("40001", "40XL1", "40XL2");
    /** SQL states of a full disk: no space for the log, its flush, a new file, a container or a page. */
    private static final Set<String> FULL = Set.of("XSLA0", "XSLA4", "XSDF1", "XSDF4", "XSDG1");
    /** SQL states of a missing database: no current connection, or not found, or shut down. */
    private static final Set<String> LOST = Set.of("08001", "08003", "08006", "XJ004", "XJ040", "XJ041");

    /** Properties of the database, so that they apply only to this database. A table keeps the values of its creation. */
    private static final String PAGES = "CALL SYSCS_UTIL.SYSCS_SET_DATABASE_PROPERTY('derby.storage.pageSize', ";

    /** Percentage of a page that new rows leave free, so that rows which grow by a third stay in it. Derby's own default is 20. */
    private static final String RESERVE =
            "CALL SYSCS_UTIL.SYSCS_SET_DATABASE_PROPERTY('derby.storage.pageReservedSpace', ";

    private final DerbyEngine engine;
    private final TerseMessages messages;

    @Activate
    public DerbyDialect(@Reference Instance instance) {
        this(new DerbyEngine(instance.data().resolve("log")));
    }

    /** Creates the dialect for a program without an OSGi framework. It logs into the working directory and stops Derby at its end. */
    public DerbyDialect() {
        this(new DerbyEngine(Path.of("")));
        Runtime.getRuntime().addShutdownHook(new Thread(engine::shutdown, "jobyard-derby-end-1"));
    }

    DerbyDialect(DerbyEngine engine) {
        this.engine = engine;
        messages = engine.messages();
    }

    /** Stops Derby after all users have closed the database. */
    @Deactivate
    public void stop() {
        engine.shutdown();
    }

    @Override
    public String name() {
        return "Derby";
    }

    @Override
    public boolean serves(String url) {
        return url.startsWith(DerbyDataSources.PREFIX)
                && !url.startsWith(DerbyDataSources.PREFIX + "//"); // that property is for a server
    }

    @Override
    public DataSourceFactory sources() {
        return new DerbyDataSources(engine.driver());
    }

    @Override
    public boolean isOwn(String url) {
        return url.isEmpty();
    }

    @Override
    public Optional<String> ownUrl(Path data) {
        return Optional.of(DerbyDataSources.PREFIX + data.resolve(DerbyFiles.FOLDER));
    }

    @Override
    public void prepare(Path data, boolean anew, Consumer<String> doing) throws SQLException {
        new DatabaseFolder(data, new DerbyFiles()).prepare(anew, doing);
    }

    @Override
    public void condemn(Path data, String why) throws IOException {
        new DatabaseFolder(data, new DerbyFiles()).condemn(why);
    }

    @Override
    public Optional<Path> proof(String url) {
        if (!serves(url)) {
            return Optional.empty();
        }
        String database = url.substring(DerbyDataSources.PREFIX.length()).split(";", 2)[0];
        String name = database.replaceFirst("^directory:", "");
        return name.contains(":") // in memory, or read from a jar
                ? Optional.empty()
                : Optional.of(Path.of(System.getProperty("derby.system.home", ""))
                        .toAbsolutePath()
                        .resolve(name)
                        .resolve(DerbyFiles.PROOF));
    }

    /** Returns empty, because the engine locks the files for one host. */
    @Override
    public Optional<String> sharedClock() {
        return Optional.empty();
    }

    @Override
    public String remedy() {
        return "stop the host and restore a backup with 'bin/jobyard restore DIR'";
    }

    /** Returns false: Derby has no partial indexes, and each index of the jobs makes every start and end slower. */
    @Override
    public boolean placesInRow() {
        return false;
    }

    @Override
    public int pageBytes() {
        return 8_000;
    }

    @Override
    public Map<String, String> scriptWords() {
        return Map.ofEntries(
                Map.entry("id", "CHAR(16) FOR BIT DATA"),
                Map.entry("digest", "CHAR(32) FOR BIT DATA"),
                Map.entry("bytes", "VARCHAR(32000) FOR BIT DATA"),
                Map.entry("long.text", "CLOB"),
                Map.entry("large.pages", PAGES + "'32768');" + RESERVE + "'0')"),
                Map.entry("full.pages", PAGES + "'4096');" + RESERVE + "'0')"),
                Map.entry("small.pages", PAGES + "'4096');" + RESERVE + "'33')"),
                Map.entry("usual.pages", PAGES + "NULL);" + RESERVE + "NULL)"));
    }

    /** Returns a hint for the index, because Derby scans the whole table whenever its statistics are old. */
    @Override
    public String withIndex(String index) {
        return " --DERBY-PROPERTIES index=" + index + "\n";
    }

    @Override
    public String withConstraint(String constraint) {
        return " --DERBY-PROPERTIES constraint=" + constraint + "\n";
    }

    @Override
    public StoreFault fault(SQLException error) {
        List<String> states = SqlStates.of(error);
        if (states.stream().anyMatch(FULL::contains)) {
            return StoreFault.FULL;
        }
        if (ErrorLine.isDamage(error, messages)) {
            return StoreFault.DAMAGED;
        }
        if (Damage.closedFiles(error)
                || states.stream().anyMatch(state -> LOST.contains(state) || state.startsWith("08"))
                || error instanceof java.sql.SQLNonTransientConnectionException) {
            return StoreFault.LOST;
        }
        if (states.contains("23505")) {
            return StoreFault.DUPLICATE;
        }
        return states.stream().anyMatch(CONFLICTS::contains) ? StoreFault.CONFLICT : StoreFault.OTHER;
    }

    @Override
    public String reason(SQLException error) {
        return ErrorLine.of(error, messages);
    }

    @Override
    public void backup(Connection connection, Path directory) throws SQLException {
        DerbyMaintenance.call(connection, "CALL SYSCS_UTIL.SYSCS_BACKUP_DATABASE(?)", directory.toString());
        String name = connection.getMetaData().getURL().replaceFirst(".*[:/\\\\]", "");
        DerbyMaintenance.checkCopy(directory.resolve(name));
    }

    @Override
    public int check(Connection connection) throws SQLException {
        return DerbyMaintenance.check(connection);
    }

    @Override
    public void analyze(Connection connection) throws SQLException {
        DerbyMaintenance.analyze(connection);
    }

    @Override
    public long compact(Connection connection) throws SQLException {
        return DerbyMaintenance.compact(connection);
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.jobyard.store.jpa.schema;

import io.jobyard.api.StoreException;
import io.jobyard.store.api.StoreDialect;
import io.jobyard.store.jpa.sql.Session;
import io.jobyard.store.jpa.sql.StatementBatch;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Updates the schema of the database to this version with the numbered scripts in {@code schema/}. */
public final class Schema {

    private static final Logger LOG = LoggerFactory.getLogger(Schema.class);
    /** Number of the script that creates a new database. */
    public static final int FIRST = 1;
    /** Number of the last script. */
    public static final int CURRENT = 2;

    private static final String LIVING = "SELECT host FROM incarnation WHERE ended_at IS NULL AND lease_until > ";

    private final Connection connection;
    private final StoreDialect dialect;
    private final Consumer<String> doing;
    private final IntFunction<SchemaScript> scripts;

    public Schema(Connection connection, StoreDialect dialect, Consumer<String> doing) {
        this(connection, dialect, doing, step -> SchemaScript.of(step, dialect));
    }

    /** Creates the update with these scripts. */
    public Schema(
            Connection connection, StoreDialect dialect, Consumer<String> doing, IntFunction<SchemaScript> scripts) {
        this.connection = connection;
        this.dialect = dialect;
        this.doing = doing;
        this.scripts = scripts;
    }

    /**
     * Applies the missing steps, each in a separate transaction. After a failure, the connection has uncommitted
     * statements and must be closed.
     */
    public void migrate() throws SQLException {
        migrate(CURRENT);
    }

    /** Applies the missing steps up to this one. */
    public void migrate(int last) throws SQLException {
        connection.setAutoCommit(false);
        for (int step = missing(last); step <= last; step = missing(last)) {
            execute("LOCK TABLE schema_version IN EXCLUSIVE MODE"); // until the step is applied
            if (step == missing(last)) { // another host may have applied it meanwhile
                doing.accept("upgrading the schema of the database: step " + step + " of " + last);
                SchemaScript script = scripts.apply(step);
                refuseBesideOthers(script);
                take(script);
                LOG.info("Database schema upgraded to {}", step);
            }
        }
        connection.commit();
        connection.setAutoCommit(true);
    }

    /** Returns the first missing step; the number after the last one if none is missing. */
    private int missing(int last) throws SQLException {
        Map<Integer, String> taken = taken();
        refuseWhatIsNotOurs(taken, last);
        int step = FIRST;
        while (taken.containsKey(step)) {
            step++;
        }
        return step;
    }

    /** Returns the applied steps with the checksums of their scripts. */
    private Map<Integer, String> taken() throws SQLException {
        try {
            return read();
        } catch (SQLException e) {
            if (!dialect.isMissingName(e)) {
                throw e;
            }
            connection.rollback(); // some databases accept no further statement after an error
            return begin(e);
        }
    }

    /** Creates the table that could not be read. If another host has created it meanwhile, reads it again. */
    private Map<Integer, String> begin(SQLException unread) throws SQLException {
        try {
            dialect.beforeFirstTable(connection);
            // Applied steps with the SHA-256 of their scripts. Written with each step. Never removed. Step 0: see
            // CopyMark.
            execute("CREATE TABLE schema_version (step INT NOT NULL PRIMARY KEY,"
                    + " checksum VARCHAR(64) NOT NULL, taken_at BIGINT NOT NULL)");
            return Map.of();
        } catch (SQLException e) {
            e.addSuppressed(unread);
            connection.rollback();
            try {
                return read();
            } catch (SQLException stillUnread) {
                e.addSuppressed(stillUnread);
                throw e;
            }
        }
    }

    private void execute(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private Map<Integer, String> read() throws SQLException {
        Map<Integer, String> taken = new TreeMap<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT step, checksum FROM schema_version")) {
            while (rows.next()) {
                taken.put(rows.getInt(1), rows.getString(2));
            }
        }
        return taken;
    }

    /**
     * Rejects a database whose first script differs, because builds from before the first release had other schemas.
     *
     * @throws StoreException with the remedy
     */
    public static void refuseUnreleased(Map<Integer, String> taken, SchemaScript first) {
        if (taken.isEmpty() || first.checksum().equals(taken.get(FIRST))) {
            return;
        }
        throw new StoreException(
                "unsupported database: a build from before the first release made its schema (step "
                        + Collections.max(taken.keySet()) + ", and step " + FIRST + " with "
                        + (taken.containsKey(FIRST) ? "checksum " + shortened(taken.get(FIRST)) : "no checksum")
                        + " instead of " + shortened(first.checksum())
                        + "). This build has one first schema and no upgrade from"
                        + " earlier ones; nothing was changed. Start with an empty database: move data/db away and run"
                        + " 'bin/jobyard start --new-store', or set url to an empty PostgreSQL database or schema. To keep the"
                        + " jobs, export them first with the build that made the database",
                null);
    }

    private static String shortened(String checksum) {
        return checksum.substring(0, Math.min(12, checksum.length()));
    }

    private void refuseWhatIsNotOurs(Map<Integer, String> taken, int last) {
        if (taken.containsKey(CopyMark.STEP)) {
            throw new StoreException(CopyMark.UNFINISHED, null);
        }
        refuseUnreleased(taken, scripts.apply(FIRST));
        taken.forEach((step, checksum) -> {
            if (step > last) {
                throw new StoreException(
                        "the database has schema " + step + ", but this Jobyard supports schemas up to " + last
                                + ": a newer version wrote it; start that version, or restore a backup",
                        null);
            }
            if (!checksum.equals(scripts.apply(step).checksum())) {
                throw new StoreException(
                        "step " + step + " of the database's schema differs from the step of this Jobyard:"
                                + " a changed version wrote it; start that version, or restore a backup",
                        null);
            }
        });
    }

    /** Rejects a step while other hosts run, unless the step declares that they may continue. These hosts do not know the step. */
    private void refuseBesideOthers(SchemaScript script) throws SQLException {
        Optional<String> clock = dialect.sharedClock();
        if (clock.isEmpty() || script.step() == FIRST || script.isForOlderHosts()) {
            return;
        }
        List<String> living = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(LIVING + clock.get() + " ORDER BY number")) {
            while (rows.next()) {
                living.add(rows.getString(1));
            }
        }
        if (!living.isEmpty()) {
            throw new StoreException(
                    "this Jobyard requires step " + script.step() + " of the schema, with which hosts of the previous"
                            + " version cannot run, but these are running: " + String.join(", ", living)
                            + "; nothing was changed: stop them, then start this host, and then the others with the new"
                            + " version",
                    null);
        }
    }

    private void take(SchemaScript script) throws SQLException {
        Session session = new Session(connection); // no try block: the next step needs the open connection
        SchemaScript.run(session, script.statements(dialect));
        StatementBatch row = session.batch("INSERT INTO schema_version (step, checksum, taken_at) VALUES (?,?,?)");
        row.number(script.step()).text(script.checksum()).instant(Instant.now()).add();
        row.run();
        connection.commit();
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.jobyard.store.jpa;

import io.jobyard.api.StoreException;
import io.jobyard.store.api.StoreDialect;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Brings the database up to the schema of this version, by the numbered scripts in {@code schema/}. */
final class Schema {

    private static final Logger LOG = LoggerFactory.getLogger(Schema.class);
    /** The number of the last script. */
    static final int CURRENT = 15;
    /** SQLSTATE's class "syntax error or access rule violation": for a sound statement, a name that is not there or not granted. */
    static final String NO_SUCH_NAME = "42";

    /** When a step was taken that is not finished. */
    private static final long BEGUN = 0;

    private record Taken(String checksum, boolean isFinished) {}

    private static final String LIVING = "SELECT host FROM incarnation WHERE ended_at IS NULL AND lease_until > ";

    private final Connection connection;
    private final StoreDialect dialect;
    private final Consumer<String> doing;
    private final IntFunction<SchemaScript> scripts;
    private final int slice;

    Schema(Connection connection, StoreDialect dialect, Consumer<String> doing) {
        this(connection, dialect, doing, step -> SchemaScript.of(step, dialect), JobCopy.SLICE);
    }

    /** By these scripts, with so many jobs in a slice of a copy. */
    Schema(
            Connection connection,
            StoreDialect dialect,
            Consumer<String> doing,
            IntFunction<SchemaScript> scripts,
            int slice) {
        this.connection = connection;
        this.dialect = dialect;
        this.doing = doing;
        this.scripts = scripts;
        this.slice = slice;
    }

    /**
     * Takes the steps that are missing, each in a transaction of its own. If it fails, what was not committed is still on the
     * connection, which must be ended.
     */
    void migrate() throws SQLException {
        migrate(CURRENT);
    }

    /** As far as that step. */
    void migrate(int last) throws SQLException {
        connection.setAutoCommit(false);
        for (int step = missing(last); step <= last; step = missing(last)) {
            execute("LOCK TABLE schema_version IN EXCLUSIVE MODE"); // until the step is taken
            if (step == missing(last)) { // another host may have taken it meanwhile
                doing.accept("taking step " + step + " of " + last + " of the schema of the database");
                SchemaScript script = scripts.apply(step);
                refuseBesideOthers(script);
                take(script, taken().containsKey(step));
                LOG.info("The database has schema {} now", step);
            }
        }
        connection.commit();
        connection.setAutoCommit(true);
    }

    /** The first step that is not finished; one behind the last if all are. */
    private int missing(int last) throws SQLException {
        Map<Integer, Taken> taken = taken();
        refuseWhatIsNotOurs(taken, last);
        int step = dialect.firstStep();
        while (step <= last && taken.containsKey(step) && taken.get(step).isFinished()) {
            step++;
        }
        return step;
    }

    private Map<Integer, Taken> taken() throws SQLException {
        try {
            return read();
        } catch (SQLException e) {
            if (!String.valueOf(e.getSQLState()).startsWith(NO_SUCH_NAME)) {
                throw e;
            }
            connection.rollback(); // some databases take nothing more after an error
            return begin(e);
        }
    }

    /** Makes the table that could not be read; if another host has made it meanwhile, it is read again. */
    private Map<Integer, Taken> begin(SQLException unread) throws SQLException {
        try {
            dialect.beforeFirstTable(connection);
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

    private Map<Integer, Taken> read() throws SQLException {
        Map<Integer, Taken> taken = new TreeMap<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT step, checksum, taken_at FROM schema_version")) {
            while (rows.next()) {
                taken.put(rows.getInt(1), new Taken(rows.getString(2), rows.getLong(3) != BEGUN));
            }
        }
        return taken;
    }

    private void refuseWhatIsNotOurs(Map<Integer, Taken> taken, int last) {
        taken.forEach((step, found) -> {
            if (step == CopyMark.STEP) {
                throw new StoreException(CopyMark.UNFINISHED, null);
            }
            if (step > last) {
                throw new StoreException(
                        "the database has schema " + step + ", this Jobyard knows schemas up to " + last
                                + ": it was written by a newer version; start that one, or restore a backup",
                        null);
            }
            if (!found.checksum().equals(scripts.apply(step).checksum())) {
                throw new StoreException(
                        "step " + step + " of the database's schema is not the one of this Jobyard:"
                                + " it was written by a changed version; start that one, or restore a backup",
                        null);
            }
        });
    }

    /** Hosts that work on the database do not know the step: they go on beside one that says that they may. */
    private void refuseBesideOthers(SchemaScript script) throws SQLException {
        Optional<String> clock = dialect.sharedClock();
        if (clock.isEmpty() || script.step() == dialect.firstStep() || script.isForOlderHosts()) {
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
                    "this Jobyard wants step " + script.step() + " of the schema, beside which hosts of the version"
                            + " before cannot go on, and these still work: " + String.join(", ", living)
                            + "; nothing was changed: stop them, then start this one, and then the others with the new"
                            + " version",
                    null);
        }
    }

    private void take(SchemaScript script, boolean begun) throws SQLException {
        Session session = new Session(connection); // the connection stays open for the next step
        if (script.isSliced()) {
            copyJobs(session, script, begun);
        } else {
            SchemaScript.run(session, script.statements(dialect));
            record(session, script, Utc.micros(Instant.now()));
            connection.commit();
        }
    }

    /** From the first of its transactions on, what was written by it is refused by those who do not know the step. */
    private void copyJobs(Session session, SchemaScript script, boolean begun) throws SQLException {
        JobCopy copy = new JobCopy(script, session, dialect, doing, slice);
        if (!begun) {
            long jobs = JobCopy.jobs(session);
            if (jobs > 0) {
                LOG.warn(
                        "{} jobs are copied into a new layout: no older Jobyard opens this database from now on,"
                                + " and only a backup leads back",
                        jobs);
            }
            copy.begin();
            record(session, script, BEGUN);
            connection.commit();
        }
        copy.copy();
        copy.finish();
        StatementBatch row = session.batch("UPDATE schema_version SET taken_at = ? WHERE step = ?");
        row.instant(Instant.now()).number(script.step()).add();
        row.run();
        connection.commit();
    }

    private static void record(Session session, SchemaScript script, long takenAt) throws SQLException {
        StatementBatch row = session.batch("INSERT INTO schema_version (step, checksum, taken_at) VALUES (?,?,?)");
        row.number(script.step()).text(script.checksum()).number(takenAt).add();
        row.run();
    }
}

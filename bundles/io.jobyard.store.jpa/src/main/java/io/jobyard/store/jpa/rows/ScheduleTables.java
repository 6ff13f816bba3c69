// SPDX-License-Identifier: Apache-2.0
package io.jobyard.store.jpa.rows;

import io.jobyard.api.Fire;
import io.jobyard.api.JobId;
import io.jobyard.spi.jobs.StoredJob;
import io.jobyard.spi.schedules.ScheduleChange;
import io.jobyard.spi.schedules.StoredSchedule;
import io.jobyard.store.jpa.sql.Ids;
import io.jobyard.store.jpa.sql.Session;
import io.jobyard.store.jpa.sql.StatementBatch;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Schedules, and the jobs of their scheduled times. Only the committer writes them; any thread may read them. */
public final class ScheduleTables {

    private static final String NAMES = ScheduleRow.COLUMNS.names();
    private static final String ALL = "SELECT " + NAMES + " FROM schedule";
    private static final String ONE = ALL + " WHERE name = ?";
    private static final String INSERT = ScheduleRow.COLUMNS.insert("schedule");
    private static final String THIS_ONE = " WHERE name = ? AND version = ?";
    private static final String UPDATE = "UPDATE schedule SET " + NAMES.replace(",", " = ?,") + " = ?" + THIS_ONE;
    private static final String DELETE = "DELETE FROM schedule" + THIS_ONE;
    private static final String FIRE = "INSERT INTO schedule_fire (schedule, fire_at, job_id) VALUES (?,?,?)";
    private static final String NO_FIRE = "DELETE FROM schedule_fire WHERE schedule = ? AND fire_at = ?";
    private static final String JOB = "SELECT job_id FROM schedule_fire WHERE schedule = ? AND fire_at = ?";
    private static final String LATEST = "SELECT job_id FROM schedule_fire WHERE schedule = ?"
            + " ORDER BY schedule DESC, fire_at DESC FETCH FIRST ? ROWS ONLY";

    private ScheduleTables() {}

    /** Stores the changes in this order. Returns those whose schedules still had the expected state. */
    public static Set<ScheduleChange> change(Session session, List<ScheduleChange> changes) throws SQLException {
        Set<ScheduleChange> won = Collections.newSetFromMap(new IdentityHashMap<>());
        List<ScheduleChange> alike = new ArrayList<>();
        String statement = "";
        for (ScheduleChange change : changes) {
            String needed = change.after() == null ? DELETE : change.before() == null ? INSERT : UPDATE;
            if (!needed.equals(statement)) {
                run(session, statement, alike, won);
                statement = needed;
            }
            if (change.before() != null || isNew(session, change, alike)) {
                add(session.batch(needed), change);
                alike.add(change);
            }
        }
        run(session, statement, alike, won);
        return won;
    }

    private static boolean isNew(Session session, ScheduleChange change, List<ScheduleChange> sent)
            throws SQLException {
        return sent.stream().noneMatch(other -> other.name().equals(change.name()))
                && find(session, change.name()).isEmpty();
    }

    private static void add(StatementBatch row, ScheduleChange change) throws SQLException {
        StoredSchedule before = change.before();
        if (change.after() != null) {
            ScheduleRow.COLUMNS.write(row, ScheduleRow.of(change.after()));
        }
        if (before != null) {
            row.text(before.name()).number(before.version());
        }
        row.add();
    }

    private static void run(Session session, String statement, List<ScheduleChange> sent, Set<ScheduleChange> won)
            throws SQLException {
        if (sent.isEmpty()) {
            return;
        }
        int[] counts = session.batch(statement).run();
        for (int n = 0; n < counts.length; n++) {
            if (counts[n] == 1) {
                won.add(sent.get(n));
            }
        }
        sent.clear();
    }

    public static List<StoredSchedule> all(Session session) throws SQLException {
        return session.list(ALL, row -> ScheduleRow.COLUMNS.read(row).toStored());
    }

    public static Optional<StoredSchedule> find(Session session, String name) throws SQLException {
        return session.list(ONE, row -> ScheduleRow.COLUMNS.read(row).toStored(), name).stream()
                .findFirst();
    }

    public static Optional<JobId> job(Session session, Fire fire) throws SQLException {
        return session.list(JOB, Ids::first, fire.schedule(), fire.at()).stream()
                .findFirst();
    }

    public static List<JobId> latest(Session session, String name, int limit) throws SQLException {
        return session.list(LATEST, Ids::first, name, limit);
    }

    /** Adds a new job. Its scheduled time must not have a job yet. */
    public static void admitted(Session session, StoredJob job) throws SQLException {
        Fire fire = job.job().terms().identity().fire();
        if (fire != null) {
            session.batch(FIRE)
                    .text(fire.schedule())
                    .instant(fire.at())
                    .id(job.id())
                    .add();
        }
    }

    public static void run(Session session) throws SQLException {
        session.batch(FIRE).later();
    }

    /** Records the removal of a job; {@link #runRemoved} sends it. */
    public static void removed(Session session, StoredJob job) throws SQLException {
        Fire fire = job.job().terms().identity().fire();
        if (fire != null) {
            session.batch(NO_FIRE).text(fire.schedule()).instant(fire.at()).add();
        }
    }

    public static void runRemoved(Session session) throws SQLException {
        session.batch(NO_FIRE).run();
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.jobyard.benchmarks.floor;

import io.jobyard.benchmarks.floor.Rows.JobAt;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The row of a job with its history, as the host's store writes it: few columns where few change. */
final class JobTable {

    private static final String TERMS = "id, submitter, created_at, type, queue, priority, timeout_millis, max_retries,"
            + " if_dependency_fails, not_before, expires_at, job_key, labels, handler_version, limits, estimates, ";
    private static final String STATE = "status, reason, run, attempt, changed_at, started_at, completed_at, error,"
            + " host, ran_in, version, pending, losses, cancel_requested, ready_at, due_at, ";
    private static final String INSERT = "INSERT INTO job (" + TERMS + STATE + "payload, dependencies, trail";
    private static final String VALUES = ") VALUES (?" + ",?".repeat(34);
    private static final String START = "UPDATE job SET status = ?, reason = ?, run = ?, attempt = ?, changed_at = ?,"
            + " host = ?, ran_in = ?, version = ?, ";
    private static final String END = "UPDATE job SET status = ?, reason = ?, changed_at = ?, started_at = ?,"
            + " completed_at = ?, version = ?, ";
    private static final String UPDATE = "UPDATE job SET " + STATE.replace(", ", " = ?, ");
    private static final String RESULT = "result = COALESCE(?, result), seal = ?, ";
    private static final String REST = "trail = ?";
    private static final String WHERE = " WHERE id = ? AND version = ?";

    private static final int LIFE = 1;
    private static final byte[] SEAL = new byte[32];
    private static final String QUEUE = "default";

    private final boolean placesInRow;
    private final BatchStatement start;
    private final BatchStatement end;
    private final BatchStatement update;
    private final BatchStatement insert;

    JobTable(Batches batches, boolean placesInRow) throws SQLException {
        this.placesInRow = placesInRow;
        String rest = REST + (placesInRow ? ", lane = ?" : "") + WHERE;
        start = batches.prepare(START + rest);
        end = batches.prepare(END + RESULT + rest);
        update = batches.prepare(UPDATE + RESULT + rest);
        insert = batches.prepare(placesInRow ? INSERT + ", lane" + VALUES + ",?)" : INSERT + VALUES + ")");
    }

    /** What a step leaves in the row. */
    record State(
            String status,
            @Nullable String reason,
            @Nullable String error,
            @Nullable Long dueAt) {

        State(String status) {
            this(status, null, null, null);
        }

        private Object[] row(JobAt job, KnownJob known) {
            boolean ran = job.run() > 0;
            Long begun = ran && !status.equals("running") ? Long.valueOf(job.now()) : null;
            Long ended = status.equals("failed") ? Long.valueOf(job.now()) : null;
            Integer host = ran ? Integer.valueOf(LIFE) : null;
            int pending = "dependencies".equals(reason) ? 1 : 0;
            int version = job.version() + 1;
            Object[] progress = {status, reason, job.run(), job.run(), job.now(), begun, ended, error, host};
            Object[] books = {ran ? QUEUE : null, version, pending, 0, false, known.readyAt(), dueAt};
            return joined(progress, books);
        }
    }

    void insert(JobAt job, KnownJob known, State state, @Nullable String payload, String dependencies, String trail)
            throws SQLException {
        Object[] names = {job.id(), "benchmarks", job.now(), "bench", null, 5, 60_000L, 3, "fail"};
        Object[] unset = new Object[7];
        Object[] texts = {payload, dependencies, trail};
        insert.row(joined(names, unset, state.row(job, known), texts, position(state.status())));
    }

    void start(JobAt job, String trail) throws SQLException {
        Object[] row = {"running", null, job.run(), job.run(), job.now(), LIFE, QUEUE, job.version() + 1};
        start.row(joined(row, rest(job, trail, "running")));
    }

    void complete(JobAt job, String trail) throws SQLException {
        Object[] row = {"completed", null, job.now(), job.now(), job.now(), job.version() + 1, "{}", SEAL};
        end.row(joined(row, rest(job, trail, "completed")));
    }

    void update(JobAt job, KnownJob known, State state, String trail) throws SQLException {
        Object[] end = {null, state.status().equals("failed") ? SEAL : null};
        update.row(joined(state.row(job, known), end, rest(job, trail, state.status())));
    }

    private Object[] rest(JobAt job, String trail, String status) {
        return joined(new Object[] {trail}, position(status), new Object[] {job.id(), job.version()});
    }

    private Object[] position(String status) {
        return placesInRow ? new Object[] {status.equals("queued") ? HostRows.LANE : null} : new Object[0];
    }

    private static Object[] joined(Object[]... parts) {
        return Stream.of(parts).flatMap(Arrays::stream).toArray();
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.jobyard.benchmarks.floor;

import java.nio.ByteBuffer;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The rows of each step, as the host's store writes them. */
final class HostRows implements Rows {

    private static final String TERMS = "id, submitter, created_at, type, queue, priority, timeout_millis, max_retries,"
            + " if_dependency_fails, not_before, expires_at, job_key, labels, handler_version, limits, estimates,"
            + " payload, dependencies, ";
    private static final String STATE = "status, reason, run, attempt, changed_at, started_at, completed_at, error,"
            + " host, result, version, pending, losses, cancel_requested, incarnation, due_at, ran_in, lane, ready_at";
    private static final String INSERT = "INSERT INTO job (" + TERMS + STATE + ") VALUES (?" + ",?".repeat(36) + ")";
    private static final String UPDATE = "UPDATE job SET "
            + (STATE + ", ").replace(", ", " = ?, ").replace("result = ?", "result = COALESCE(?, result)")
            + "WHERE id = ? AND version = ?";
    private static final String HISTORY = "INSERT INTO history (job_id, seq, happened_at, who, from_status, to_status,"
            + " reason, host, run, attempt, why, handler_version, bundle, number) VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?)";

    private static final int SMALL = 2_000;
    private static final int LANE = 1;
    private static final int RUNNING_LANE = 0;
    private static final int ID_LENGTH = 36;
    private static final long RETRY_MICROS = 100_000;
    private static final String SUBMITTER = "benchmarks";
    private static final String HOST = "localhost:12345";
    private static final String HOST_ITSELF = "jobyard";
    private static final String HANDLER_VERSION = "0.1.0.SNAPSHOT";
    private static final String BUNDLE = "benchmarks 0.1.0.SNAPSHOT";
    private static final byte[] INCARNATION = new byte[16];

    private final Batches batches;
    private final BatchStatement insert;
    private final BatchStatement update;
    private final BatchStatement text;
    private final BatchStatement edge;
    private final BatchStatement noEdge;
    private final BatchStatement noTimer;
    private final BatchStatement timer;
    private final BatchStatement history;
    /** As those of a host's first life. */
    private long number = 1L << 40;

    HostRows(Connection connection) throws SQLException {
        batches = new Batches(connection);
        insert = batches.prepare(INSERT);
        update = batches.prepare(UPDATE.replace(", WHERE", " WHERE"));
        history = batches.prepare(HISTORY);
        text = batches.prepare("INSERT INTO job_text (job_id, kind, content) VALUES (?,?,?)");
        noTimer = batches.prepare("DELETE FROM timer WHERE due_at = ? AND job_id = ?");
        timer = batches.prepare("INSERT INTO timer (due_at, job_id) VALUES (?,?)");
        edge = batches.prepare("INSERT INTO edge (parent, child) VALUES (?,?)");
        noEdge = batches.prepare("DELETE FROM edge WHERE parent = ? AND child = ?");
    }

    /** What the state of a job is after a step. */
    private record State(
            String status,
            @Nullable String reason,
            @Nullable String error) {

        State(String status) {
            this(status, null, null);
        }

        List<@Nullable Object> row(JobAt job) {
            boolean running = status.equals("running");
            boolean ended = status.equals("completed") || status.equals("failed");
            boolean ran = job.run() > 0;
            Integer lane = status.equals("queued") ? Integer.valueOf(LANE) : running ? RUNNING_LANE : null;
            Long startedAt = ran && !running ? job.now() : null;
            return Arrays.asList(
                    status,
                    reason,
                    job.run(),
                    job.run(),
                    job.now(),
                    startedAt,
                    ended ? job.now() : null,
                    error,
                    ran ? HOST : null,
                    status.equals("completed") ? "{}" : null,
                    job.version() + 1,
                    "dependencies".equals(reason) ? 1 : 0,
                    0,
                    false,
                    running ? INCARNATION : null,
                    "retry".equals(reason) ? dueAt(job.id()) : null,
                    ran ? "default" : null,
                    lane,
                    ran || lane != null ? job.now() : null);
        }
    }

    @Override
    public void insert(JobAt job, String payload, byte @Nullable [] parent) throws SQLException {
        boolean large = payload.length() > SMALL;
        State state = parent == null ? new State("queued") : new State("waiting", "dependencies", null);
        List<@Nullable Object> row = new ArrayList<>(
                Arrays.asList(job.id(), SUBMITTER, job.now(), "bench", null, 5, 60_000L, 3, "fail", null, null, null));
        row.addAll(Arrays.asList(null, null, null, null)); // labels, handler's version, limits, estimates
        row.addAll(Arrays.asList(large ? null : payload, parent == null ? "" : "x".repeat(ID_LENGTH)));
        row.addAll(state.row(job));
        insert.row(row.toArray());
        if (large) {
            text.row(job.id(), "P", payload);
        }
        if (parent != null) {
            edge.row(parent, job.id());
        }
        history(job, SUBMITTER, null, state, "");
    }

    @Override
    public void release(JobAt job, byte[] parent) throws SQLException {
        update(job, "waiting", new State("queued"), "");
        noEdge.row(parent, job.id());
    }

    @Override
    public void start(JobAt job) throws SQLException {
        update(job, "queued", new State("running"), "");
    }

    @Override
    public void retry(JobAt job) throws SQLException {
        long dueAt = dueAt(job.id());
        update(
                job,
                "running",
                new State("waiting", "retry", "failed"),
                "failed; next attempt at " + Instant.EPOCH.plus(dueAt, ChronoUnit.MICROS));
        timer.row(dueAt, job.id());
    }

    @Override
    public void due(JobAt job) throws SQLException {
        update(job, "waiting", new State("queued", null, "failed"), "");
        noTimer.row(dueAt(job.id()), job.id());
    }

    @Override
    public void complete(JobAt job) throws SQLException {
        update(job, "running", new State("completed"), "");
    }

    @Override
    public void timeOut(JobAt job) throws SQLException {
        String error = "timed out after 1 s";
        update(job, "running", new State("failed", "timeout", error), error);
    }

    /** From the job's id, which begins with its time: a timer is removed by what it was set to. */
    private static long dueAt(byte[] id) {
        return (ByteBuffer.wrap(id).getLong() >>> 16) * 1_000 + RETRY_MICROS;
    }

    private void update(JobAt job, String from, State to, String why) throws SQLException {
        List<@Nullable Object> row = new ArrayList<>(to.row(job));
        row.addAll(Arrays.asList(job.id(), job.version()));
        update.row(row.toArray());
        history(job, HOST_ITSELF, from, to, why);
    }

    private void history(JobAt job, String who, @Nullable String from, State to, String why) throws SQLException {
        boolean starts = to.status().equals("running");
        history.row(
                job.id(),
                job.version() + 1,
                job.now(),
                who,
                from,
                to.status(),
                to.reason(),
                job.run() > 0 ? HOST : null,
                job.run(),
                job.run(),
                why,
                starts ? HANDLER_VERSION : null,
                starts ? BUNDLE : null,
                ++number);
    }

    @Override
    public void send() throws SQLException {
        batches.send();
    }

    @Override
    public void close() throws SQLException {
        batches.close();
    }
}

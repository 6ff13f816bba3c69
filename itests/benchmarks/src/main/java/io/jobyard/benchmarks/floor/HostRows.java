// SPDX-License-Identifier: Apache-2.0
package io.jobyard.benchmarks.floor;

import io.jobyard.benchmarks.floor.JobTable.State;
import java.nio.ByteBuffer;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The rows of each step, as the host's store writes them. */
final class HostRows implements Rows {

    private static final int SMALL = 2_000;
    static final int LANE = 1;
    private static final int ID_LENGTH = 36;
    private static final long RETRY_MICROS = 100_000;

    private final Batches batches;
    private final boolean placesInRow;
    private final JobTable table;
    private final BatchStatement text;
    private final BatchStatement notReady;
    private final BatchStatement ready;
    private final BatchStatement noTimer;
    private final BatchStatement timer;
    private final BatchStatement noEdge;
    private final BatchStatement edge;
    private final BatchStatement step;
    private final LifeTables life;
    private final Map<ByteBuffer, KnownJob> jobs = new HashMap<>();

    HostRows(Connection connection, Dialect dialect) throws SQLException {
        batches = new Batches(connection);
        placesInRow = dialect.placesInRow();
        table = new JobTable(batches, placesInRow);
        text = batches.prepare("INSERT INTO job_text (job_id, kind, content) VALUES (?,?,?)");
        notReady = batches.prepare("DELETE FROM ready WHERE lane = ? AND ready_at = ? AND id = ?");
        ready = batches.prepare("INSERT INTO ready (lane, ready_at, id) VALUES (?,?,?)");
        noTimer = batches.prepare("DELETE FROM timer WHERE due_at = ? AND job_id = ?");
        timer = batches.prepare("INSERT INTO timer (due_at, job_id) VALUES (?,?)");
        noEdge = batches.prepare("DELETE FROM edge WHERE parent = ? AND child = ?");
        edge = batches.prepare("INSERT INTO edge (parent, child) VALUES (?,?)");
        step = batches.prepare(
                "INSERT INTO job_step (job_id, dropped_after, number, name, kind, run, started_at, ended_at,"
                        + " signal, failed, children, content, characters)"
                        + " VALUES (?, 0, ?, ?, 'step', ?, ?, ?, 0, FALSE, '', '1', 1)");
        life = new LifeTables(connection, batches, dialect);
    }

    @Override
    public void insert(JobAt job, String payload, byte @Nullable [] parent) throws SQLException {
        boolean large = payload.length() > SMALL;
        boolean waits = parent != null;
        KnownJob known = new KnownJob(job.now());
        life.changed();
        jobs.put(ByteBuffer.wrap(job.id()), known);
        State state = waits ? new State("waiting", "dependencies", null, null) : new State("queued");
        if (waits) {
            edge.row(parent, job.id());
        } else {
            queue(job, known);
        }
        String trail = known.trail(job, "", state.status(), waits ? " dependencies" : "");
        table.insert(job, known, state, large ? null : payload, waits ? "x".repeat(ID_LENGTH) : "", trail);
        if (large) {
            text.row(job.id(), "P", payload);
        }
    }

    @Override
    public void release(JobAt job, byte[] parent) throws SQLException {
        KnownJob known = known(job);
        queue(job, known);
        table.update(job, known, new State("queued"), known.trail(job, "waiting", "queued", ""));
        noEdge.row(parent, job.id());
    }

    @Override
    public void start(JobAt job) throws SQLException {
        KnownJob known = known(job);
        String trail = known.trail(job, "queued", "running", " h1 v1");
        if (job.run() == 1) {
            table.start(job, trail);
        } else { // what the run before left goes too
            table.update(job, known, new State("running"), trail);
        }
        if (!placesInRow) {
            notReady.row(LANE, known.readyAt(), job.id());
        }
        life.started(job.id());
    }

    @Override
    public void retry(JobAt job) throws SQLException {
        long dueAt = dueAt(job.id());
        KnownJob known = known(job);
        String why = "failed; next attempt at " + Instant.EPOCH.plus(dueAt, ChronoUnit.MICROS);
        String trail = known.trail(job, "running", "waiting", " h1 retry \"" + why + "\"");
        table.update(job, known, new State("waiting", "retry", "failed", dueAt), trail);
        timer.row(dueAt, job.id());
        life.cameBack();
    }

    @Override
    public void due(JobAt job) throws SQLException {
        KnownJob known = known(job);
        queue(job, known);
        String trail = known.trail(job, "waiting", "queued", " h1");
        table.update(job, known, new State("queued", null, "failed", null), trail);
        noTimer.row(dueAt(job.id()), job.id());
    }

    @Override
    public void work(JobAt job) throws SQLException {
        step.row(job.id(), job.version(), "step " + job.version(), job.run(), job.now(), job.now());
    }

    @Override
    public void complete(JobAt job) throws SQLException {
        table.complete(job, known(job).trail(job, "running", "completed", " h1"));
        forget(job);
    }

    @Override
    public void timeOut(JobAt job) throws SQLException {
        KnownJob known = known(job);
        String error = "timed out after 1 s";
        String trail = known.trail(job, "running", "failed", " h1 timeout \"" + error + "\"");
        table.update(job, known, new State("failed", "timeout", error, null), trail);
        forget(job);
    }

    /** From the job's id, which begins with its time: a timer is removed by what it was set to. */
    private static long dueAt(byte[] id) {
        return (ByteBuffer.wrap(id).getLong() >>> 16) * 1_000 + RETRY_MICROS;
    }

    /** What is about to change. */
    private KnownJob known(JobAt job) {
        life.changed();
        return Objects.requireNonNull(jobs.get(ByteBuffer.wrap(job.id())));
    }

    private void queue(JobAt job, KnownJob known) throws SQLException {
        known.queued(job.now());
        if (!placesInRow) {
            ready.row(LANE, job.now(), job.id());
        }
    }

    private void forget(JobAt job) {
        jobs.remove(ByteBuffer.wrap(job.id()));
        life.ended();
    }

    @Override
    public void send() throws SQLException {
        life.send();
        batches.send();
    }

    @Override
    public void close() throws SQLException {
        batches.close();
    }
}

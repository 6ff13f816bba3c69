// SPDX-License-Identifier: Apache-2.0
package io.jobyard.benchmarks.floor;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The least that any durable queue writes: one row for each job, which it inserts and then updates at the start and at
 * the end of a run, and the index that finds what is ready. No history.
 */
final class QueueRows implements Rows {

    private static final List<String> SCHEMA = List.of(
            "CREATE TABLE job (id ${id} NOT NULL PRIMARY KEY, type VARCHAR(200) NOT NULL,"
                    + " status VARCHAR(10) NOT NULL, attempt INT NOT NULL, ready_at BIGINT,"
                    + " owner ${id}, changed_at BIGINT NOT NULL, error VARCHAR(2000),"
                    + " payload VARCHAR(2000))",
            "CREATE INDEX job_ready ON job (ready_at, id)",
            "CREATE TABLE job_text (job_id ${id} NOT NULL PRIMARY KEY, content ${text} NOT NULL)",
            "CREATE TABLE step (job_id ${id} NOT NULL, number INT NOT NULL, content VARCHAR(2000),"
                    + " PRIMARY KEY (job_id, number))",
            "CREATE TABLE edge (parent ${id} NOT NULL, child ${id} NOT NULL," + " PRIMARY KEY (parent, child))");
    private static final int SMALL = 2_000;
    private static final long RETRY_MICROS = 100_000;
    private static final byte[] OWNER = new byte[16];

    private final Batches batches;
    private final BatchStatement insert;
    private final BatchStatement release;
    private final BatchStatement start;
    private final BatchStatement retry;
    private final BatchStatement end;
    private final BatchStatement text;
    private final BatchStatement edge;
    private final BatchStatement noEdge;
    private final BatchStatement step;

    QueueRows(Connection connection, Dialect dialect) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            for (String sql : SCHEMA) {
                statement.execute(sql.replace("${id}", dialect.id()).replace("${text}", dialect.text()));
            }
        }
        batches = new Batches(connection);
        insert = batches.prepare("INSERT INTO job (id, type, status, attempt, ready_at, changed_at, payload)"
                + " VALUES (?, 'bench', ?, 0, ?, ?, ?)");
        release = batches.prepare("UPDATE job SET status = 'queued', ready_at = ?, changed_at = ? WHERE id = ?");
        start = batches.prepare("UPDATE job SET status = 'running', attempt = ?, ready_at = NULL, owner = ?,"
                + " changed_at = ? WHERE id = ? AND status = 'queued'");
        retry = batches.prepare("UPDATE job SET status = 'queued', ready_at = ?, owner = NULL, changed_at = ?,"
                + " error = 'failed' WHERE id = ? AND owner = ?");
        end = batches.prepare(
                "UPDATE job SET status = ?, owner = NULL, changed_at = ?, error = ?" + " WHERE id = ? AND owner = ?");
        text = batches.prepare("INSERT INTO job_text (job_id, content) VALUES (?, ?)");
        edge = batches.prepare("INSERT INTO edge (parent, child) VALUES (?, ?)");
        step = batches.prepare("INSERT INTO step (job_id, number, content) VALUES (?, ?, '1')");
        noEdge = batches.prepare("DELETE FROM edge WHERE parent = ? AND child = ?");
    }

    @Override
    public void insert(JobAt job, String payload, byte @Nullable [] parent) throws SQLException {
        boolean waits = parent != null;
        boolean large = payload.length() > SMALL;
        insert.row(job.id(), waits ? "waiting" : "queued", waits ? null : job.now(), job.now(), large ? null : payload);
        if (large) {
            text.row(job.id(), payload);
        }
        if (waits) {
            edge.row(parent, job.id());
        }
    }

    @Override
    public void release(JobAt job, byte[] parent) throws SQLException {
        release.row(job.now(), job.now(), job.id());
        noEdge.row(parent, job.id());
    }

    @Override
    public void start(JobAt job) throws SQLException {
        start.row(job.run(), OWNER, job.now(), job.id());
    }

    @Override
    public void retry(JobAt job) throws SQLException {
        retry.row(job.now() + RETRY_MICROS, job.now(), job.id(), OWNER);
    }

    /** The index has it by its time: there is nothing to write. */
    @Override
    public void due(JobAt job) {}

    @Override
    public void work(JobAt job) throws SQLException {
        step.row(job.id(), job.version());
    }

    @Override
    public void complete(JobAt job) throws SQLException {
        end.row("completed", job.now(), null, job.id(), OWNER);
    }

    @Override
    public void timeOut(JobAt job) throws SQLException {
        end.row("failed", job.now(), "timed out", job.id(), OWNER);
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

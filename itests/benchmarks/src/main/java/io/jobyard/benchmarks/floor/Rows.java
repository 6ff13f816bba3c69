// SPDX-License-Identifier: Apache-2.0
package io.jobyard.benchmarks.floor;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The rows of each step, as the host's store writes them. */
final class Rows implements AutoCloseable {

    private static final String INSERT = "INSERT INTO job (id, submitter, created_at, type, queue, priority,"
            + " timeout_millis, max_retries, if_dependency_fails, not_before, expires_at, job_key, labels,"
            + " handler_version, payload, dependencies, status, reason, run, attempt, changed_at, started_at,"
            + " completed_at, error, host, result, version, pending, losses, cancel_requested,"
            + " incarnation, due_at, lane, ready_at) VALUES (?" + ",?".repeat(33) + ")";
    private static final String UPDATE = "UPDATE job SET status = ?, reason = ?, run = ?, attempt = ?, changed_at = ?,"
            + " started_at = ?, completed_at = ?, error = ?, host = ?, result = ?, version = ?, pending = ?,"
            + " losses = ?, cancel_requested = ?, incarnation = ?, due_at = ?, lane = ?, ready_at = ?"
            + " WHERE id = ? AND version = ?";
    private static final String HISTORY = "INSERT INTO history (job_id, seq, happened_at, who, from_status, to_status,"
            + " reason, host, run, attempt, why, handler_version, bundle, number) VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?)";
    private static final String TEXT = "INSERT INTO job_text (job_id, kind, content) VALUES (?,?,?)";
    private static final String EDGE = "INSERT INTO edge (parent, child) VALUES (?,?)";
    private static final String NO_EDGE = "DELETE FROM edge WHERE parent = ? AND child = ?";

    private static final int SMALL = 2_000;
    private static final int LANE = 1;
    private static final int ID_LENGTH = 36;
    private static final String SUBMITTER = "benchmarks";
    private static final String HOST = "localhost:12345";
    private static final String HOST_ITSELF = "jobyard";
    private static final String HANDLER_VERSION = "0.1.0";
    private static final String BUNDLE = "benchmarks 0.1.0.SNAPSHOT";
    private static final byte[] INCARNATION = new byte[16];

    private final List<BatchStatement> inOrder = new ArrayList<>();
    private final Connection connection;
    private final BatchStatement insert;
    private final BatchStatement update;
    private final BatchStatement text;
    private final BatchStatement edge;
    private final BatchStatement noEdge;
    private final BatchStatement history;
    /** As those of a host's first life. */
    private long number = 1L << 40;

    Rows(Connection connection) throws SQLException {
        this.connection = connection;
        insert = prepare(INSERT);
        update = prepare(UPDATE);
        history = prepare(HISTORY);
        text = prepare(TEXT);
        edge = prepare(EDGE);
        noEdge = prepare(NO_EDGE);
    }

    private BatchStatement prepare(String sql) throws SQLException {
        BatchStatement statement = new BatchStatement(connection.prepareStatement(sql));
        inOrder.add(statement);
        return statement;
    }

    void insert(byte[] id, long now, String payload, byte @Nullable [] parent) throws SQLException {
        boolean waits = parent != null;
        String status = waits ? "waiting" : "queued";
        String reason = waits ? "dependencies" : null;
        insert.row(
                id,
                SUBMITTER,
                now,
                "bench",
                null,
                5,
                60_000L,
                3,
                "fail",
                null,
                null,
                null,
                null,
                null,
                payload.length() > SMALL ? null : payload,
                waits ? "x".repeat(ID_LENGTH) : "",
                status,
                reason,
                0,
                0,
                now,
                null,
                null,
                null,
                null,
                null,
                1,
                waits ? 1 : 0,
                0,
                false,
                null,
                null,
                waits ? null : LANE,
                waits ? null : now);
        if (payload.length() > SMALL) {
            text.row(id, "P", payload);
        }
        if (waits) {
            edge.row(parent, id);
        }
        history(id, 1, now, SUBMITTER, null, status, reason, null);
    }

    /** What it waited for is there. */
    void release(byte[] id, long now, byte[] parent) throws SQLException {
        update("queued", 0, now, null, null, null, 2, null, LANE, now, id);
        history(id, 2, now, HOST_ITSELF, "waiting", "queued", null, null);
        noEdge.row(parent, id);
    }

    void start(byte[] id, long now, int version) throws SQLException {
        update("running", 1, now, null, null, HOST, version + 1, INCARNATION, 0, now, id);
        history(id, version + 1, now, HOST_ITSELF, "queued", "running", null, HOST);
    }

    void finish(byte[] id, long now, int version) throws SQLException {
        update("completed", 1, now, now, "{}", HOST, version + 1, null, null, now, id);
        history(id, version + 1, now, HOST_ITSELF, "running", "completed", null, HOST);
    }

    private void history(
            byte[] id,
            int version,
            long now,
            String who,
            @Nullable String from,
            String to,
            @Nullable String reason,
            @Nullable String host)
            throws SQLException {
        boolean runs = host != null;
        int run = runs ? 1 : 0;
        String handler = runs ? HANDLER_VERSION : null;
        String bundle = runs ? BUNDLE : null;
        history.row(id, version, now, who, from, to, reason, host, run, run, "", handler, bundle, ++number);
    }

    private void update(
            String status,
            int run,
            long now,
            @Nullable Long startedAt,
            @Nullable String result,
            @Nullable String host,
            int version,
            byte @Nullable [] incarnation,
            @Nullable Integer lane,
            @Nullable Long readyAt,
            byte[] id)
            throws SQLException {
        Long completedAt = result == null ? null : startedAt;
        update.row(
                status,
                null,
                run,
                run,
                now,
                startedAt,
                completedAt,
                null,
                host,
                result,
                version,
                0,
                0,
                false,
                incarnation,
                null,
                lane,
                readyAt,
                id,
                version - 1);
    }

    void send() throws SQLException {
        for (BatchStatement statement : inOrder) {
            statement.send();
        }
    }

    @Override
    public void close() throws SQLException {
        for (BatchStatement statement : inOrder) {
            statement.close();
        }
    }
}

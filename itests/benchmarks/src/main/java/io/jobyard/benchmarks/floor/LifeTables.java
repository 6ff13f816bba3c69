// SPDX-License-Identifier: Apache-2.0
package io.jobyard.benchmarks.floor;

import java.io.ByteArrayOutputStream;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;

/** What a host writes once a commit, however much the commit changes: what it runs, what it has sealed, and the feed. */
final class LifeTables {

    private static final int LIFE = 1;
    /** So many bytes of ids are in a row of what runs. */
    private static final int PART = 200 * 16;

    private static final int PARTS = 5;
    private static final int FEED_ROW = 8_000;
    private static final int FEED_HEAD = 110;
    private static final int FEED_CHANGE = 17;

    private final BatchStatement running;
    private final BatchStatement sealed;
    private final BatchStatement feed;
    private final byte[] seal = new byte[32];
    private final ByteArrayOutputStream started = new ByteArrayOutputStream();
    private boolean runs;
    private boolean ends;
    private int changes;
    private long commits;
    private long histories;
    private long number;
    private long total;

    LifeTables(Connection connection, Batches batches, Dialect dialect) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            for (int part = 0; part < PARTS; part++) {
                statement.execute("INSERT INTO running (incarnation, part, ids) VALUES (1, " + part + ", "
                        + dialect.bytes("") + ")");
            }
            String zeros = dialect.bytes("00".repeat(seal.length));
            statement.execute("INSERT INTO sealed (incarnation, changes, histories, total, seal) VALUES (1, 0, 0, "
                    + zeros + ", " + zeros + ")");
        }
        running = batches.prepare("UPDATE running SET ids = ? WHERE incarnation = ? AND part = ?");
        sealed = batches.prepare(
                "UPDATE sealed SET changes = ?, histories = ?, total = ?, seal = ? WHERE incarnation = ?");
        feed = batches.prepare("INSERT INTO feed (incarnation, number, committed_at, total, body) VALUES (?,?,?,?,?)");
    }

    void changed() {
        changes++;
    }

    void started(byte[] id) {
        started.writeBytes(id);
        runs = true;
    }

    void cameBack() {
        runs = true;
    }

    void ended() {
        histories++;
        runs = true;
        ends = true;
    }

    /** The jobs of the step's other commits are left out of what runs: no host runs so many. */
    void send() throws SQLException {
        byte[] ids = started.toByteArray();
        for (int from = 0; runs && (from == 0 || from < ids.length); from += PART) {
            running.row(Arrays.copyOfRange(ids, from, Math.min(ids.length, from + PART)), LIFE, from / PART);
        }
        if (ends) {
            sealed.row(++commits, histories, seal, seal, LIFE);
        }
        for (int left = FEED_HEAD + changes * FEED_CHANGE; left > 0; left -= FEED_ROW) {
            byte[] body = new byte[Math.min(left, FEED_ROW)];
            total += body.length;
            feed.row(LIFE, ++number, System.currentTimeMillis() * 1_000, total, body);
        }
        started.reset();
        runs = false;
        ends = false;
        changes = 0;
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.jobyard.store.jpa.cluster;

import io.jobyard.spi.cluster.HostNotices;
import io.jobyard.store.jpa.sql.Ids;
import io.jobyard.store.jpa.sql.ReadPool;
import io.jobyard.store.jpa.sql.Session;
import io.jobyard.store.jpa.sql.StatementBatch;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/** Notices of hosts that share a database. The lease thread writes one row per host and topic. */
public final class SharedNotices implements HostNotices {

    private static final String READ = "SELECT life.id, notice.body FROM host_notice notice"
            + " JOIN incarnation life ON life.number = notice.incarnation WHERE notice.topic = ? AND life.ended_at IS NULL";
    private static final String POST = "INSERT INTO host_notice (incarnation, topic, body) VALUES (?,?,?)"
            + " ON CONFLICT (incarnation, topic) DO UPDATE SET body = EXCLUDED.body";
    private static final long LEAST_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final int self;
    private final ReadPool readers;
    private final Map<String, String> waiting = new HashMap<>();
    private long writtenAt = System.nanoTime() - LEAST_NANOS;

    public SharedNotices(int self, ReadPool readers) {
        this.self = self;
        this.readers = readers;
    }

    @Override
    public synchronized void post(String topic, String text) {
        waiting.put(topic, text);
    }

    @Override
    public Map<UUID, String> read(String topic) {
        Map<UUID, String> told = new HashMap<>();
        readers.ask(session -> session.list(READ, row -> told.put(Ids.uuid(row.getBytes(1)), row.getString(2)), topic));
        return told;
    }

    /** Writes waiting notices, at most once per second. */
    public void look(Session session) throws SQLException {
        Map<String, String> taken = take();
        if (taken.isEmpty()) {
            return;
        }
        try {
            StatementBatch rows = session.batch(POST);
            for (Map.Entry<String, String> each : taken.entrySet()) {
                rows.number(self).text(each.getKey()).text(each.getValue()).add();
            }
            rows.run();
        } catch (SQLException e) {
            giveBack(taken);
            throw e;
        }
    }

    private synchronized Map<String, String> take() {
        long now = System.nanoTime();
        if (waiting.isEmpty() || now - writtenAt < LEAST_NANOS) {
            return Map.of();
        }
        Map<String, String> taken = Map.copyOf(waiting);
        waiting.clear();
        writtenAt = now;
        return taken;
    }

    /** Keeps the notices for the next attempt, unless newer ones have arrived. */
    private synchronized void giveBack(Map<String, String> taken) {
        taken.forEach(waiting::putIfAbsent);
    }
}

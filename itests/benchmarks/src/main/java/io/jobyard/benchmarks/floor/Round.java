// SPDX-License-Identifier: Apache-2.0
package io.jobyard.benchmarks.floor;

import io.jobyard.benchmarks.Measured;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The whole life of so many jobs, step by step, each step for all of them. */
final class Round {

    private static final int BATCH = 1_000;
    /** So that large payloads fit into the same heap. */
    private static final int BATCH_BYTES = 8_000_000;

    private final Connection connection;
    private final Rows rows;
    private final SecureRandom random = new SecureRandom();
    private long last;

    Round(Connection connection, Rows rows) {
        this.connection = connection;
        this.rows = rows;
    }

    private interface Step {
        void add(byte[] id, long now) throws SQLException;
    }

    Map<String, Measured> run(int count, int bytes, int edges) throws Exception {
        List<byte[]> ids = ids(count);
        String payload = "{\"text\":\"" + "x".repeat(bytes - 11) + "\"}";
        Map<String, Measured> steps = new LinkedHashMap<>();
        if (edges == 0) {
            steps.put("insert", all(ids, bytes, (id, now) -> rows.insert(id, now, payload, null)));
        } else {
            byte[] parent = ids.get(0);
            steps.put("insert", all(ids, bytes, (id, now) -> rows.insert(id, now, payload, parent)));
            steps.put("release", all(ids, 1, (id, now) -> rows.release(id, now, parent)));
        }
        int version = edges == 0 ? 1 : 2;
        steps.put("start", all(ids, 1, (id, now) -> rows.start(id, now, version)));
        steps.put("finish", all(ids, 1, (id, now) -> rows.finish(id, now, version + 1)));
        return steps;
    }

    private Measured all(List<byte[]> ids, int bytes, Step step) throws Exception {
        int batch = Math.max(1, Math.min(BATCH, BATCH_BYTES / bytes));
        return Measured.of(ids.size(), () -> {
            for (int from = 0; from < ids.size(); from += batch) {
                for (byte[] id : ids.subList(from, Math.min(ids.size(), from + batch))) {
                    step.add(id, micros());
                }
                rows.send();
                connection.commit();
            }
        });
    }

    /** Rising, with random ends, as the host's. */
    private List<byte[]> ids(int count) {
        List<byte[]> ids = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            last = Math.max(last + 1, System.currentTimeMillis() << 12);
            ids.add(ByteBuffer.allocate(16)
                    .putLong(last << 4)
                    .putLong(random.nextLong())
                    .array());
        }
        return ids;
    }

    private static long micros() {
        return System.currentTimeMillis() * 1_000;
    }
}

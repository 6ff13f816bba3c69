// SPDX-License-Identifier: Apache-2.0
package io.jobyard.benchmarks.floor;

import io.jobyard.benchmarks.Measured;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.List;

/** The whole life of so many jobs, step by step, each step for all of them. */
final class Round {

    /** A run waits for the commit of each of its handler's steps, so a commit has no more than as many as runs at once. */
    private static final int RUNS = 32;
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

    /** What each step took, the insert first. */
    List<Measured> run(int count, int bytes, Shape shape, int jobsPerCommit) throws Exception {
        List<byte[]> ids = ids(count);
        String payload = "{\"text\":\"" + "x".repeat(bytes - 11) + "\"}";
        List<Measured> steps = new ArrayList<>();
        int moves = 0;
        int works = 0;
        for (Shape.Step step : shape.steps()) {
            boolean isWork = step == Shape.Step.WORK;
            int version = isWork ? ++works : moves++;
            int first = Math.max(1, Math.min(jobsPerCommit, BATCH_BYTES / bytes));
            boolean isInsert = !isWork && version == 0;
            int batch = isInsert ? first : shape.hasWork() ? RUNS : jobsPerCommit;
            steps.add(Measured.of(count, () -> {
                for (int from = 0; from < count; from += batch) {
                    for (byte[] id : ids.subList(from, Math.min(count, from + batch))) {
                        step.write(rows, id, version, payload, ids.get(0));
                    }
                    rows.send();
                    connection.commit();
                }
            }));
        }
        return steps;
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
}

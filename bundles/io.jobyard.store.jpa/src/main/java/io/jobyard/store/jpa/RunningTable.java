// SPDX-License-Identifier: Apache-2.0
package io.jobyard.store.jpa;

import io.jobyard.api.JobId;
import io.jobyard.api.spi.StoredJob;
import java.nio.ByteBuffer;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What each life of a host runs, in one row a life: one update a commit, however many runs begin and end in it. A host that
 * ended without a word leaves its row. Remembered as the last commit left it; for the committer's thread.
 */
final class RunningTable {

    private static final String READ = "SELECT incarnation, ids FROM running";
    private static final String BEGIN = "INSERT INTO running (incarnation, ids) VALUES (?,?)";
    private static final String WRITE = "UPDATE running SET ids = ? WHERE incarnation = ?";
    private static final String END = "DELETE FROM running WHERE incarnation = ?";
    private static final int ID = 16;

    private final Lives lives;
    private final Map<Integer, Set<JobId>> runs = new HashMap<>();
    /** The rows there are. */
    private final Set<Integer> rows = new HashSet<>();

    private final Set<Integer> changed = new HashSet<>();
    private boolean known;

    RunningTable(Lives lives) {
        this.lives = lives;
    }

    /** Follows a change that is stored; before is null for a new job. */
    void follow(Session session, @Nullable StoredJob before, StoredJob after) throws SQLException {
        UUID old = before == null ? null : before.books().incarnation();
        UUID now = after.books().incarnation();
        if (old == null ? now == null : old.equals(now)) {
            return;
        }
        if (!known) {
            read(session);
        }
        if (old != null) {
            of(old).remove(after.id());
        }
        if (now != null) {
            of(now).add(after.id());
        }
    }

    private void read(Session session) throws SQLException {
        session.list(READ, row -> runs.put(row.getInt(1), new LinkedHashSet<>(ids(row.getBytes(2)))));
        rows.addAll(runs.keySet());
        known = true;
    }

    private Set<JobId> of(UUID life) {
        int number = lives.life(life).number();
        changed.add(number);
        return runs.computeIfAbsent(number, any -> new LinkedHashSet<>());
    }

    /** Sends the rows that have changed. */
    void run(Session session) throws SQLException {
        for (int life : changed) {
            byte[] ids = bytes(runs.get(life));
            if (ids.length == 0 && rows.remove(life)) {
                send(session.batch(END).number(life));
            } else if (ids.length > 0 && rows.add(life)) {
                send(session.batch(BEGIN).number(life).bytes(ids));
            } else if (ids.length > 0) {
                send(session.batch(WRITE).bytes(ids).number(life));
            }
        }
        changed.clear();
    }

    private static void send(StatementBatch row) throws SQLException {
        row.add();
        row.run();
    }

    void rolledBack() {
        runs.clear();
        rows.clear();
        changed.clear();
        known = false;
    }

    /** What other lives have left. */
    static List<JobId> left(Session session, int life) throws SQLException {
        List<JobId> left = new ArrayList<>();
        session.list(READ, row -> row.getInt(1) != life && left.addAll(ids(row.getBytes(2))));
        return left;
    }

    private static List<JobId> ids(byte[] bytes) {
        List<JobId> ids = new ArrayList<>();
        for (ByteBuffer buffer = ByteBuffer.wrap(bytes); buffer.hasRemaining(); ) {
            ids.add(new JobId(new UUID(buffer.getLong(), buffer.getLong())));
        }
        return ids;
    }

    private static byte[] bytes(Set<JobId> ids) {
        ByteBuffer bytes = ByteBuffer.allocate(ids.size() * ID);
        ids.forEach(id -> bytes.putLong(id.value().getMostSignificantBits())
                .putLong(id.value().getLeastSignificantBits()));
        return bytes.array();
    }
}

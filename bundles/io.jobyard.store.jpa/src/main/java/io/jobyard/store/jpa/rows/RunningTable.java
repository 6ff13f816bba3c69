// SPDX-License-Identifier: Apache-2.0
package io.jobyard.store.jpa.rows;

import io.jobyard.api.JobId;
import io.jobyard.spi.jobs.JobSummary;
import io.jobyard.store.jpa.incarnation.Incarnations;
import io.jobyard.store.jpa.incarnation.RunHolder;
import io.jobyard.store.jpa.sql.Ids;
import io.jobyard.store.jpa.sql.Session;
import io.jobyard.store.jpa.sql.StatementBatch;
import java.nio.ByteBuffer;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Running jobs of each incarnation, with up to some hundred jobs per row. So a commit changes one row, however many runs it begins and
 * ends. Only the leader writes the rows, for all hosts. It removes the end of a run on another host later, so a row may contain finished
 * jobs. A killed host leaves its rows. Cached as of the last commit; only for the committer's thread.
 */
public final class RunningTable {

    /** Number of IDs per row. The row is independent of starts and ends in other rows. */
    static final int PART = 200;

    private static final String READ = "SELECT incarnation, part, ids FROM running";
    private static final String LEFT =
            READ + " WHERE incarnation NOT IN (SELECT number FROM incarnation WHERE ended_at IS NULL)";
    private static final String RUNNING = "SELECT id, run, host FROM job WHERE status = 'running' AND id IN (?)";
    private static final String BEGIN = "INSERT INTO running (ids, incarnation, part) VALUES (?,?,?)";
    private static final String WRITE = "UPDATE running SET ids = ? WHERE incarnation = ? AND part = ?";
    private static final String END = "DELETE FROM running WHERE incarnation = ? AND part = ?";
    private static final int ID = 16;

    private record PartKey(int life, int part) implements Comparable<PartKey> {
        @Override
        public int compareTo(PartKey other) {
            return life != other.life ? Integer.compare(life, other.life) : Integer.compare(part, other.part);
        }
    }

    private final Incarnations lives;
    private final TreeMap<PartKey, Set<JobId>> runs = new TreeMap<>();
    /** Existing rows. */
    private final Set<PartKey> rows = new HashSet<>();

    private final Map<JobId, RunHolder> holders = new HashMap<>();
    private final Set<PartKey> changed = new TreeSet<>();
    private boolean known;

    public RunningTable(Incarnations lives) {
        this.lives = lives;
    }

    /** Updates the rows for a stored change, of the leader or of another host. */
    public void follow(Session session, @Nullable JobSummary before, JobSummary after) throws SQLException {
        UUID old = before == null ? null : before.incarnation();
        UUID now = after.incarnation();
        if (old == null && now == null) {
            return;
        }
        know(session);
        if (now == null) {
            holders.remove(after.id());
        } else {
            holders.put(after.id(), new RunHolder(after.run(), lives.life(now).number()));
        }
        if (Objects.equals(old, now)) {
            return;
        }
        if (old != null) {
            remove(lives.life(old).number(), after.id());
        }
        if (now != null) {
            add(lives.life(now).number(), after.id());
        }
    }

    /** Returns the run that holds a job; null if the job does not run. Only for a database without other writers. */
    @Nullable
    public RunHolder holder(Session session, JobId job) throws SQLException {
        know(session);
        return holders.get(job);
    }

    private void know(Session session) throws SQLException {
        if (!known) {
            read(session);
        }
    }

    /** Reads the running jobs, without runs that ended while another host or no host was the leader. */
    private void read(Session session) throws SQLException {
        session.list(
                READ,
                row -> runs.put(new PartKey(row.getInt(1), row.getInt(2)), new LinkedHashSet<>(ids(row.getBytes(3)))));
        rows.addAll(runs.keySet());
        Set<JobId> all = runs.values().stream().flatMap(Set::stream).collect(Collectors.toSet());
        session.in(RUNNING, all, row -> holders.put(Ids.first(row), new RunHolder(row.getInt(2), row.getInt(3))));
        runs.forEach((key, ids) -> {
            if (ids.removeIf(id -> !isOf(key.life(), holders.get(id)))) {
                changed.add(key);
            }
        });
        known = true;
    }

    private static boolean isOf(int life, @Nullable RunHolder holder) {
        return holder != null && holder.life() == life;
    }

    private void add(int life, JobId id) {
        PartKey key = new PartKey(life, 0);
        while (runs.getOrDefault(key, Set.of()).size() >= PART) {
            key = new PartKey(life, key.part() + 1);
        }
        runs.computeIfAbsent(key, any -> new LinkedHashSet<>()).add(id);
        changed.add(key);
    }

    private void remove(int life, JobId id) {
        runs.subMap(new PartKey(life, 0), new PartKey(life, Integer.MAX_VALUE)).forEach((key, ids) -> {
            if (ids.remove(id)) {
                changed.add(key);
            }
        });
    }

    public boolean isChanged() {
        return !changed.isEmpty();
    }

    /** Sends the rows that have changed. */
    public void run(Session session) throws SQLException {
        for (PartKey key : changed) {
            byte[] ids = bytes(runs.getOrDefault(key, Set.of()));
            if (ids.length > 0) {
                send(session.batch(rows.add(key) ? BEGIN : WRITE).bytes(ids), key);
            } else if (rows.remove(key)) {
                send(session.batch(END), key);
            }
        }
        changed.clear();
    }

    private static void send(StatementBatch row, PartKey key) throws SQLException {
        row.number(key.life()).number(key.part()).add();
        row.later();
    }

    /** Creates the rows of an incarnation without rows. The caller sends them. */
    public static void begin(Session session, int life, List<JobId> ids) throws SQLException {
        for (int from = 0; from < ids.size(); from += PART) {
            List<JobId> part = ids.subList(from, Math.min(from + PART, ids.size()));
            send(session.batch(BEGIN).bytes(bytes(part)), new PartKey(life, from / PART));
        }
    }

    /** Drops the cached state, after a failed transaction or a lost leadership. */
    public void rolledBack() {
        runs.clear();
        rows.clear();
        holders.clear();
        changed.clear();
        known = false;
    }

    /** Returns all running jobs, and possibly some finished ones. */
    public static Set<JobId> all(Session session) throws SQLException {
        return ids(session, READ);
    }

    /** Returns the jobs in rows of incarnations that have ended. */
    public static Set<JobId> left(Session session) throws SQLException {
        return ids(session, LEFT);
    }

    private static Set<JobId> ids(Session session, String sql) throws SQLException {
        Set<JobId> found = new LinkedHashSet<>();
        session.list(sql, row -> found.addAll(ids(row.getBytes(3))));
        return found;
    }

    private static List<JobId> ids(byte[] bytes) {
        List<JobId> ids = new ArrayList<>();
        for (ByteBuffer buffer = ByteBuffer.wrap(bytes); buffer.hasRemaining(); ) {
            ids.add(new JobId(new UUID(buffer.getLong(), buffer.getLong())));
        }
        return ids;
    }

    private static byte[] bytes(Collection<JobId> ids) {
        ByteBuffer bytes = ByteBuffer.allocate(ids.size() * ID);
        ids.forEach(id -> bytes.putLong(id.value().getMostSignificantBits())
                .putLong(id.value().getLeastSignificantBits()));
        return bytes.array();
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.jobyard.store.jpa.rows;

import io.jobyard.settings.api.Sha256;
import io.jobyard.spi.jobs.LaneKey;
import io.jobyard.spi.jobs.WantedHandler;
import io.jobyard.store.api.SqlDialect;
import io.jobyard.store.jpa.sql.AmountText;
import io.jobyard.store.jpa.sql.Session;
import io.jobyard.store.jpa.sql.StatementBatch;
import java.nio.ByteBuffer;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.Stream;

/**
 * Numbers of lanes, with a cache. A new number becomes visible to other threads when its transaction is committed. Only the committer
 * assigns numbers; any thread may look them up.
 */
public final class LaneTable {

    private static final int REMEMBERED = 10_000;
    private static final String FIND = "SELECT id FROM lane WHERE digest = ?";
    private static final String LAST = "SELECT MAX(id) FROM lane";
    private static final String INSERT =
            "INSERT INTO lane (id, digest, queue, priority, submitter, type, handler_version, begun_with, canary, limits,"
                    + " estimated, suspect) VALUES (?,?,?,?,?,?,?,?,?,?,?,?)";

    /** Waits for another transaction that writes the same row. */
    private static final String UNLESS_TAKEN = " ON CONFLICT DO NOTHING";

    private static final String LANE =
            "SELECT queue, priority, submitter, type, handler_version, begun_with, canary, limits, estimated, suspect FROM lane"
                    + " WHERE id = ?";

    private final boolean isShared;
    private final Map<Integer, LaneKey> lanes = new HashMap<>();
    private final Map<LaneKey, Integer> known = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<LaneKey, Integer> eldest) {
            return size() > REMEMBERED;
        }
    };
    private final Map<LaneKey, Integer> fresh = new HashMap<>();

    /** @param isShared whether other hosts write to the database */
    public LaneTable(boolean isShared) {
        this.isShared = isShared;
    }

    /** Returns the number of a lane. A new number is written in the session's transaction. */
    public int number(Session session, LaneKey lane) throws SQLException {
        Integer written = fresh.get(lane);
        if (written != null) {
            return written;
        }
        OptionalInt found = find(session, lane);
        return found.isPresent() ? found.getAsInt() : write(session, lane);
    }

    OptionalInt find(Session session, LaneKey lane) throws SQLException {
        synchronized (known) {
            Integer number = known.get(lane);
            if (number != null) {
                return OptionalInt.of(number);
            }
        }
        List<Integer> found = session.list(FIND, row -> row.getInt(1), digest(lane));
        return found.isEmpty() ? OptionalInt.empty() : remember(lane, found.get(0));
    }

    /** Returns the stored lanes among these, by number. The result may be large, so it is not cached. */
    Map<Integer, LaneKey> find(Session session, SqlDialect dialect, Collection<LaneKey> wanted) throws SQLException {
        Map<Integer, LaneKey> found = new HashMap<>();
        List<LaneKey> others = new ArrayList<>();
        synchronized (known) {
            for (LaneKey lane : wanted) {
                Integer number = known.get(lane);
                if (number == null) {
                    others.add(lane);
                } else {
                    found.put(number, lane);
                }
            }
        }
        Map<ByteBuffer, LaneKey> asked = new HashMap<>();
        others.forEach(lane -> asked.put(ByteBuffer.wrap(digest(lane)), lane));
        session.inBytes(
                "SELECT id, digest FROM lane" + dialect.withConstraint("lane_digest") + " WHERE digest IN (?)",
                asked.keySet().stream().map(ByteBuffer::array).toList(),
                row -> found.put(row.getInt(1), asked.get(ByteBuffer.wrap(row.getBytes(2)))));
        return found;
    }

    private OptionalInt remember(LaneKey lane, int number) {
        synchronized (known) {
            known.put(lane, number);
        }
        return OptionalInt.of(number);
    }

    private int write(Session session, LaneKey lane) throws SQLException {
        while (true) {
            int number = session.list(LAST, row -> row.getInt(1)).get(0) + 1;
            StatementBatch insert = session.batch(insert());
            insert.number(number)
                    .bytes(digest(lane))
                    .text(lane.queue())
                    .number(lane.priority())
                    .text(lane.submitter())
                    .text(lane.type())
                    .text(lane.handlerVersion())
                    .text(lane.handler().begunWith())
                    .truth(lane.handler().canary())
                    .text(AmountText.writeNames(lane.limits()))
                    .truth(lane.estimated())
                    .truth(lane.suspect())
                    .add();
            if (insert.run()[0] == 1) {
                fresh.put(lane, number);
                return number;
            }
            OptionalInt found = find(session, lane); // another host may have assigned the number to another lane
            if (found.isPresent()) {
                return found.getAsInt();
            }
        }
    }

    private String insert() {
        return isShared ? INSERT + UNLESS_TAKEN : INSERT;
    }

    /** Returns the lane with this number. */
    public LaneKey lane(Session session, int number) throws SQLException {
        synchronized (known) {
            LaneKey lane = lanes.get(number);
            if (lane != null) {
                return lane;
            }
        }
        LaneKey lane = session.list(LANE, LaneTable::lane, number).get(0);
        synchronized (known) {
            if (lanes.size() >= REMEMBERED) {
                lanes.clear();
            }
            lanes.put(number, lane);
        }
        return lane;
    }

    private static LaneKey lane(ResultSet row) throws SQLException {
        return new LaneKey(
                row.getString(1),
                row.getInt(2),
                row.getString(3),
                row.getString(4),
                new WantedHandler(row.getString(5), row.getString(6), row.getBoolean(7)),
                AmountText.readNames(row.getString(8)),
                row.getBoolean(9),
                row.getBoolean(10));
    }

    public void committed() {
        synchronized (known) {
            known.putAll(fresh);
        }
        fresh.clear();
    }

    public void rolledBack() {
        fresh.clear();
    }

    /** Returns the digest of a lane. If the lane has no handler, the digest equals that of earlier versions, whose lanes never had one. */
    private static byte[] digest(LaneKey lane) {
        StringBuilder text = new StringBuilder();
        Stream.of(
                        lane.queue(),
                        lane.priority(),
                        lane.submitter(),
                        lane.type(),
                        lane.handlerVersion(),
                        AmountText.writeNames(lane.limits()),
                        lane.estimated(),
                        lane.suspect())
                .map(part -> part == null ? "-" : part.toString().length() + ":" + part)
                .forEach(text::append);
        if (lane.handler().begunWith() != null) {
            text.append(lane.handler().canary() ? "canary " : "begun ")
                    .append(lane.handler().begunWith());
        }
        return Sha256.of(text.toString());
    }
}

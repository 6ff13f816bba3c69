// SPDX-License-Identifier: Apache-2.0
package io.jobyard.store.jpa;

import io.jobyard.api.QueuePause;
import io.jobyard.api.spi.LimitLevel;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** How far limits are drawn, and which queues are paused. Written by the committer alone, read by any thread. */
final class LimitTables {

    private static final String LEVELS = "SELECT name, unit, full_at, per_second FROM limit_level";
    private static final String UPDATE =
            "UPDATE limit_level SET full_at = ?, per_second = ? WHERE name = ? AND unit = ?";
    private static final String INSERT = "INSERT INTO limit_level (full_at, per_second, name, unit) VALUES (?,?,?,?)";
    private static final String PAUSES = "SELECT queue, who, since, reason, until_at FROM queue_pause";
    private static final String PAUSE =
            "INSERT INTO queue_pause (queue, who, since, reason, until_at) VALUES (?,?,?,?,?)";
    private static final String RESUME = "DELETE FROM queue_pause WHERE queue = ?";

    private record Key(String name, String unit) {}

    private final Map<Key, LimitLevel> latest = new LinkedHashMap<>();

    /** Keeps the levels for the end of the transaction: of each only the latest is written. */
    void add(List<LimitLevel> levels) {
        levels.forEach(level -> latest.put(new Key(level.name(), level.unit()), level));
    }

    void run(Session session) throws SQLException {
        if (latest.isEmpty()) {
            return;
        }
        List<LimitLevel> levels = new ArrayList<>(latest.values());
        StatementBatch update = session.batch(UPDATE);
        for (LimitLevel level : levels) {
            row(update, level);
        }
        int[] counts = update.run();
        StatementBatch insert = session.batch(INSERT);
        for (int n = 0; n < counts.length; n++) {
            if (counts[n] == 0) {
                row(insert, levels.get(n));
            }
        }
        insert.run();
    }

    private static void row(StatementBatch batch, LimitLevel level) throws SQLException {
        batch.instant(level.fullAt())
                .number(level.perSecond())
                .text(level.name())
                .text(level.unit())
                .add();
    }

    static List<LimitLevel> levels(Session session) throws SQLException {
        return session.list(
                LEVELS,
                row -> new LimitLevel(row.getString(1), row.getString(2), Utc.present(row, 3), row.getDouble(4)));
    }

    static void pause(Session session, QueuePause pause) throws SQLException {
        resume(session, pause.queue());
        StatementBatch insert = session.batch(PAUSE);
        insert.text(pause.queue())
                .text(pause.by())
                .instant(pause.since())
                .text(pause.reason())
                .instant(pause.until())
                .add();
        insert.run();
    }

    static void resume(Session session, String queue) throws SQLException {
        PreparedStatement delete = session.query(RESUME);
        delete.setString(1, queue);
        delete.executeUpdate();
    }

    static List<QueuePause> pauses(Session session) throws SQLException {
        return session.list(
                PAUSES,
                row -> new QueuePause(
                        row.getString(1), row.getString(2), Utc.present(row, 3), row.getString(4), Utc.read(row, 5)));
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.jobyard.store.jpa.rows;

import io.jobyard.api.Pause;
import io.jobyard.api.PauseTarget;
import io.jobyard.spi.limits.LimitKey;
import io.jobyard.spi.limits.LimitKind;
import io.jobyard.spi.limits.LimitUse;
import io.jobyard.store.jpa.sql.Session;
import io.jobyard.store.jpa.sql.StatementBatch;
import io.jobyard.store.jpa.sql.Utc;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Usage of limits, and pauses of queues. Only the committer writes them; any thread may read them. */
public final class LimitTables {

    private static final String USES = "SELECT name, unit, full_at, per_second FROM limit_level";
    private static final String USE = USES + " WHERE name IN (?, ?) AND unit = ?";
    private static final String UPDATE =
            "UPDATE limit_level SET full_at = ?, per_second = ? WHERE name = ? AND unit = ?";
    private static final String INSERT = "INSERT INTO limit_level (full_at, per_second, name, unit) VALUES (?,?,?,?)";
    private static final String DELETE = "DELETE FROM limit_level WHERE name = ? AND unit = ?";
    private static final String PAUSES = "SELECT queue, who, since, reason, until_at FROM queue_pause";
    private static final String PAUSE =
            "INSERT INTO queue_pause (queue, who, since, reason, until_at) VALUES (?,?,?,?,?)";
    private static final String RESUME = "DELETE FROM queue_pause WHERE queue = ?";

    private static final Logger LOG = LoggerFactory.getLogger(LimitTables.class);

    /**
     * Prefix of the name in rows for amounts that were taken but not begun. In such a row, the amount replaces the pace, and the end of the
     * warning replaces the other instant.
     */
    private static final String UNBEGUN = "+";

    private record UseRow(String name, String unit, Instant fullAt, double number) {

        static UseRow of(LimitUse use) {
            return new UseRow(name(use.key()), use.key().unit(), use.fullAt(), use.perSecond());
        }

        static UseRow ofUnbegun(LimitUse use) {
            return new UseRow(UNBEGUN + name(use.key()), use.key().unit(), use.warnedUntil(), use.unbegun());
        }

        private static String name(LimitKey key) {
            return key.kind().text() + " " + key.name();
        }

        /** Returns whether this version knows the kind of the limit. Rows of unknown kinds stay unchanged. */
        boolean isKnown() {
            boolean known = LimitKind.find(words()[0]).isPresent();
            if (!known) {
                LOG.warn("Usage of limit '{}' ignored: this version does not know its kind", name);
            }
            return known;
        }

        boolean isUnbegun() {
            return name.startsWith(UNBEGUN);
        }

        LimitUse use(@Nullable UseRow unbegun) {
            return unbegun == null
                    ? new LimitUse(key(), fullAt, number, 0)
                    : new LimitUse(key(), fullAt, number, unbegun.number, unbegun.fullAt);
        }

        boolean isNothing() {
            return number == 0 && fullAt.equals(Instant.EPOCH);
        }

        LimitKey key() {
            return new LimitKey(LimitKind.find(words()[0]).orElseThrow(), words()[1], unit);
        }

        private String[] words() {
            return name.substring(isUnbegun() ? UNBEGUN.length() : 0).split(" ", 2);
        }

        void add(StatementBatch batch) throws SQLException {
            batch.instant(fullAt).number(number).text(name).text(unit).add();
        }

        void addKey(StatementBatch batch) throws SQLException {
            batch.text(name).text(unit).add();
        }
    }

    private final Map<LimitKey, LimitUse> latest = new LinkedHashMap<>();

    /** Adds usage for the end of the transaction, where only the latest value of each limit is written. */
    public void add(List<LimitUse> uses) {
        uses.forEach(use -> latest.put(use.key(), use));
    }

    public void run(Session session) throws SQLException {
        if (latest.isEmpty()) {
            return;
        }
        Map<Boolean, List<LimitUse>> byEnd =
                latest.values().stream().collect(Collectors.partitioningBy(LimitUse::isNothing));
        forget(session, rows(byEnd.getOrDefault(true, List.of())));
        write(session, rows(byEnd.getOrDefault(false, List.of())));
    }

    private static List<UseRow> rows(List<LimitUse> uses) {
        return uses.stream()
                .flatMap(use -> Stream.of(UseRow.of(use), UseRow.ofUnbegun(use)))
                .toList();
    }

    private static void forget(Session session, List<UseRow> rows) throws SQLException {
        StatementBatch delete = session.batch(DELETE);
        for (UseRow row : rows) {
            row.addKey(delete);
        }
        delete.run();
    }

    private static void write(Session session, List<UseRow> rows) throws SQLException {
        StatementBatch update = session.batch(UPDATE);
        for (UseRow row : rows) {
            row.add(update);
        }
        int[] counts = update.run();
        StatementBatch insert = session.batch(INSERT);
        for (int n = 0; n < counts.length; n++) {
            UseRow row = rows.get(n);
            if (counts[n] == 0 && !(row.isUnbegun() && row.isNothing())) {
                row.add(insert);
            }
        }
        insert.run();
    }

    public static List<LimitUse> uses(Session session) throws SQLException {
        return uses(session.list(USES, LimitTables::row));
    }

    /** Returns the usage of these limits. */
    public static List<LimitUse> uses(Session session, List<LimitKey> keys) throws SQLException {
        List<UseRow> rows = new ArrayList<>();
        for (LimitKey key : keys) {
            String name = UseRow.name(key);
            rows.addAll(session.list(USE, LimitTables::row, name, UNBEGUN + name, key.unit()));
        }
        return uses(rows);
    }

    private static UseRow row(ResultSet row) throws SQLException {
        return new UseRow(row.getString(1), row.getString(2), Utc.present(row, 3), row.getDouble(4));
    }

    private static List<LimitUse> uses(List<UseRow> all) {
        List<UseRow> rows = all.stream().filter(UseRow::isKnown).toList();
        Map<LimitKey, UseRow> unbegun =
                rows.stream().filter(UseRow::isUnbegun).collect(Collectors.toMap(UseRow::key, row -> row));
        return rows.stream()
                .filter(row -> !row.isUnbegun())
                .map(row -> row.use(unbegun.get(row.key())))
                .toList();
    }

    public static void pause(Session session, Pause pause) throws SQLException {
        resume(session, pause.target());
        StatementBatch insert = session.batch(PAUSE);
        insert.text(pause.target().text())
                .text(pause.by())
                .instant(pause.since())
                .text(pause.reason())
                .instant(pause.until())
                .add();
        insert.run();
    }

    public static void resume(Session session, PauseTarget target) throws SQLException {
        PreparedStatement delete = session.query(RESUME);
        delete.setString(1, target.text());
        delete.executeUpdate();
    }

    public static List<Pause> pauses(Session session) throws SQLException {
        return session.list(
                PAUSES,
                row -> new Pause(
                        PauseTarget.of(row.getString(1)),
                        row.getString(2),
                        Utc.present(row, 3),
                        row.getString(4),
                        Utc.read(row, 5)));
    }
}

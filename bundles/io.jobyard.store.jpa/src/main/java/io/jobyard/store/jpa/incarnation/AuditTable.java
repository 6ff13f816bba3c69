// SPDX-License-Identifier: Apache-2.0
package io.jobyard.store.jpa.incarnation;

import io.jobyard.settings.api.AuditSeal;
import io.jobyard.spi.audit.AuditBegin;
import io.jobyard.spi.audit.AuditEntry;
import io.jobyard.spi.audit.AuditRow;
import io.jobyard.store.jpa.sql.Ids;
import io.jobyard.store.jpa.sql.Session;
import io.jobyard.store.jpa.sql.StatementBatch;
import io.jobyard.store.jpa.sql.Utc;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Audit table, with numbered and sealed rows. Only the committer writes it; any thread may read it. */
public final class AuditTable {

    private static final String COLUMNS =
            "SELECT incarnation, number, happened_at, who, action, target, detail, seal FROM audit";
    private static final String LAST =
            COLUMNS + " WHERE incarnation = ? AND number = (SELECT MAX(number) FROM audit WHERE incarnation = ?)";
    private static final String READ =
            COLUMNS + " WHERE incarnation = ? AND number > ? ORDER BY incarnation, number FETCH FIRST ? ROWS ONLY";
    private static final String LIVES = "SELECT DISTINCT incarnation FROM audit";
    private static final String LATEST = "SELECT i.id FROM incarnation i"
            + " WHERE EXISTS (SELECT 1 FROM audit a WHERE a.incarnation = i.id)"
            + " ORDER BY i.number DESC FETCH FIRST 1 ROWS ONLY";
    private static final String INSERT = "INSERT INTO audit (incarnation, number, happened_at, who, action, target,"
            + " detail, seal) VALUES (?,?,?,?,?,?,?,?)";

    private static final String CUT = "DELETE FROM audit WHERE incarnation = ? AND number <= ?";

    private record StoredHead(long number, String seal) {}

    private static final StoredHead NONE = new StoredHead(0, "");

    private final AuditSeal seal;
    private final UUID incarnation;
    private @Nullable StoredHead known;
    private @Nullable StoredHead fresh;

    public AuditTable(AuditSeal seal, UUID incarnation) {
        this.seal = seal;
        this.incarnation = incarnation;
    }

    /** Writes the first row of a new incarnation. Belongs to the transaction that stores the incarnation, so none is without a row. */
    static void begin(Session session, AuditSeal seal, UUID incarnation, Instant now) throws SQLException {
        List<UUID> before = session.list(LATEST, row -> Ids.uuid(row.getBytes(1)));
        List<AuditRow> last = before.isEmpty() ? List.of() : last(session, before.get(0));
        insert(session, seal.seal(AuditBegin.after(last.stream().findFirst()), incarnation, now));
        session.batch(INSERT).run();
    }

    public void add(Session session, AuditEntry entry) throws SQLException {
        StoredHead before = head(session);
        AuditRow row = seal.seal(before.seal(), incarnation, before.number() + 1, entry);
        insert(session, row);
        fresh = new StoredHead(row.number(), row.seal());
    }

    private static void insert(Session session, AuditRow row) throws SQLException {
        AuditEntry entry = row.entry();
        session.batch(INSERT)
                .uuid(row.incarnation())
                .number(row.number())
                .instant(entry.at())
                .text(entry.who())
                .text(entry.action())
                .text(entry.target())
                .text(entry.detail())
                .bytes(HexFormat.of().parseHex(row.seal()))
                .add();
    }

    public void run(Session session) throws SQLException {
        if (fresh != null) {
            session.batch(INSERT).later();
        }
    }

    public void committed() {
        if (fresh != null) {
            known = fresh;
            fresh = null;
        }
    }

    /** Handles a failed transaction. Perhaps only the answer was lost, so the next transaction reads the last row again. */
    public void rolledBack() {
        known = null;
        fresh = null;
    }

    private StoredHead head(Session session) throws SQLException {
        StoredHead head = fresh != null ? fresh : known;
        if (head == null) {
            List<AuditRow> last = last(session, incarnation);
            head = last.isEmpty()
                    ? NONE
                    : new StoredHead(last.get(0).number(), last.get(0).seal());
        }
        return head;
    }

    /** Returns the last row of an incarnation; empty if it has none. */
    public static List<AuditRow> last(Session session, UUID incarnation) throws SQLException {
        return session.list(LAST, AuditTable::row, incarnation, incarnation);
    }

    public static List<AuditRow> read(Session session, UUID incarnation, long after, int limit) throws SQLException {
        return session.list(READ, AuditTable::row, incarnation, after, limit);
    }

    public static void cut(Session session, UUID incarnation, long upTo) throws SQLException {
        StatementBatch cut = session.batch(CUT);
        cut.uuid(incarnation).number(upTo).add();
        cut.run();
    }

    public static List<UUID> lives(Session session) throws SQLException {
        return session.list(LIVES, row -> Ids.uuid(row.getBytes(1)));
    }

    private static AuditRow row(ResultSet row) throws SQLException {
        AuditEntry entry = new AuditEntry(
                Utc.present(row, 3), row.getString(4), row.getString(5), row.getString(6), row.getString(7));
        return new AuditRow(
                Ids.uuid(row.getBytes(1)), row.getLong(2), entry, HexFormat.of().formatHex(row.getBytes(8)));
    }
}

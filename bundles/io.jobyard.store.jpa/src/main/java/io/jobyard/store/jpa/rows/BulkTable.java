// SPDX-License-Identifier: Apache-2.0
package io.jobyard.store.jpa.rows;

import io.jobyard.api.BulkAction;
import io.jobyard.api.BulkRequest;
import io.jobyard.api.JobId;
import io.jobyard.spi.bulk.BulkStore;
import io.jobyard.spi.bulk.StoredBulk;
import io.jobyard.store.jpa.sql.Ids;
import io.jobyard.store.jpa.sql.Session;
import io.jobyard.store.jpa.sql.StatementBatch;
import io.jobyard.store.jpa.sql.Utc;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** Bulk operations. Only the committer writes them; any thread may read them. */
public final class BulkTable {

    private static final String SELECT =
            "SELECT number, bulk_action, filter, new_terms, caller, asked_at, after_job, done,"
                    + " refused, refusal, ended_at, stopped_by FROM bulk";
    private static final String LATEST = SELECT + " ORDER BY number DESC FETCH FIRST ? ROWS ONLY";
    private static final String ONE = SELECT + " WHERE number = ?";
    private static final String UNFINISHED = SELECT + " WHERE ended_at IS NULL ORDER BY number FETCH FIRST 1 ROWS ONLY";
    private static final String LAST = "SELECT MAX(number) FROM bulk";
    private static final String INSERT =
            "INSERT INTO bulk (number, bulk_action, filter, new_terms, caller, asked_at, done, refused) VALUES (?,?,?,?,?,?,?,?)";
    private static final String FURTHER =
            "UPDATE bulk SET after_job = ?, done = ?, refused = ?, refusal = ?, ended_at = ? WHERE number = ?";
    private static final String STOP = "UPDATE bulk SET stopped_by = ? WHERE number = ? AND ended_at IS NULL";
    private static final String FORGET = "DELETE FROM bulk WHERE number <= ? AND ended_at IS NOT NULL";

    private BulkTable() {}

    /** Inserts an operation with the next number, and removes the oldest finished ones. */
    public static StoredBulk insert(Session session, StoredBulk bulk) throws SQLException {
        int number = session.list(LAST, row -> row.getInt(1)).get(0) + 1;
        BulkRequest request = bulk.request();
        StatementBatch row = session.batch(INSERT);
        row.number(number)
                .text(request.action().text())
                .text(BulkText.of(request.filter()))
                .text(BulkText.of(request.change()))
                .text(BulkText.of(bulk.caller()))
                .instant(bulk.askedAt())
                .number(bulk.position().done())
                .number(bulk.position().refused())
                .add();
        row.run();
        StatementBatch old = session.batch(FORGET);
        old.number(number - BulkStore.KEPT).add();
        old.run();
        return bulk.numbered(number);
    }

    public static void further(Session session, StoredBulk bulk) throws SQLException {
        StatementBatch row = session.batch(FURTHER);
        JobId after = bulk.position().after();
        String refusal = bulk.position().refusal();
        row.uuid(after == null ? null : after.value())
                .number(bulk.position().done())
                .number(bulk.position().refused())
                .text(refusal == null ? null : LargeTexts.cut(refusal))
                .instant(bulk.endedAt())
                .number(bulk.number())
                .add();
        row.run();
    }

    public static void stop(Session session, int number, String who) throws SQLException {
        StatementBatch row = session.batch(STOP);
        row.text(who).number(number).add();
        row.run();
    }

    public static List<StoredBulk> latest(Session session, int limit) throws SQLException {
        return session.list(LATEST, BulkTable::read, limit);
    }

    public static Optional<StoredBulk> find(Session session, int number) throws SQLException {
        return session.list(ONE, BulkTable::read, number).stream().findFirst();
    }

    public static Optional<StoredBulk> unfinished(Session session) throws SQLException {
        return session.list(UNFINISHED, BulkTable::read).stream().findFirst();
    }

    private static StoredBulk read(ResultSet row) throws SQLException {
        byte[] after = row.getBytes(7);
        return new StoredBulk(
                row.getInt(1),
                new BulkRequest(
                        BulkAction.of(row.getString(2)),
                        BulkText.filter(row.getString(3)),
                        BulkText.change(row.getString(4))),
                BulkText.caller(row.getString(5)),
                Utc.present(row, 6),
                new StoredBulk.BulkPosition(
                        after == null ? null : Ids.job(after), row.getLong(8), row.getLong(9), row.getString(10)),
                Utc.read(row, 11),
                row.getString(12));
    }
}

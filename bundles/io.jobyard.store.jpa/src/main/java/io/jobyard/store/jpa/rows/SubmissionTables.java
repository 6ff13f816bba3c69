// SPDX-License-Identifier: Apache-2.0
package io.jobyard.store.jpa.rows;

import io.jobyard.api.JobId;
import io.jobyard.spi.store.InboxEntry;
import io.jobyard.spi.store.RefusedSubmissions;
import io.jobyard.spi.store.SubmissionInbox;
import io.jobyard.store.jpa.schema.SchemaScript;
import io.jobyard.store.jpa.sql.Session;
import io.jobyard.store.jpa.sql.StatementBatch;
import java.sql.SQLException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** SQL submissions, waiting and rejected. The database function {@code submit} inserts the rows. */
public final class SubmissionTables {

    /** Maximum number of stored rejected submissions. */
    public static final int REFUSED = 10_000;

    /** Maximum size of the specifications in one answer, in bytes. The first specification may exceed this size. */
    private static final int MOST_BYTES = 4 << 20;

    private static final String WAITING = "SELECT number, id, submitter,"
            + " CASE WHEN octet_length(specification) <= ? THEN specification END"
            + " FROM (SELECT oldest.*, SUM(octet_length(specification)) OVER (ORDER BY number) AS bytes,"
            + " MIN(number) OVER () AS first FROM (SELECT * FROM submission ORDER BY number FETCH FIRST ? ROWS ONLY) AS oldest"
            + ") AS slice WHERE bytes <= " + MOST_BYTES + " OR number = first ORDER BY number";

    private static final String TAKE = "DELETE FROM submission WHERE number = ?";

    private static final String REFUSE = "WITH gone AS (DELETE FROM submission WHERE number = ? RETURNING *)"
            + " INSERT INTO refused_submission (number, id, submitter, refused_at, why, specification)"
            + " SELECT number, id, submitter, clock_timestamp(), ?, CAST(specification AS JSONB) FROM gone";

    private static final String FORGET = "DELETE FROM refused_submission WHERE number <="
            + " (SELECT number FROM refused_submission ORDER BY number DESC OFFSET " + REFUSED
            + " FETCH FIRST 1 ROWS ONLY)";

    /** Reads a few rows by their primary key, without their specifications. */
    private static final String LATEST_REFUSED = "SELECT COUNT(*) OVER (), id, submitter, refused_at, LEFT(why, "
            + RefusedSubmissions.MAX_WHY
            + ") FROM (SELECT number, id, submitter, refused_at, why FROM refused_submission"
            + " ORDER BY number DESC FETCH FIRST ? ROWS ONLY) AS newest"
            + " WHERE refused_at > clock_timestamp() - ? * INTERVAL '1 millisecond'"
            + " ORDER BY refused_at DESC, number DESC FETCH FIRST 1 ROW ONLY";

    private SubmissionTables() {}

    /** Implements {@link SubmissionInbox#waiting}. */
    public static List<InboxEntry> waiting(Session session, int limit, int maxBytes) throws SQLException {
        return session.list(
                WAITING,
                row -> new InboxEntry(
                        row.getLong(1), new JobId(row.getObject(2, UUID.class)), row.getString(3), row.getString(4)),
                maxBytes,
                limit);
    }

    /** Implements {@link SubmissionInbox#refused}. */
    public static Optional<RefusedSubmissions> refused(Session session, Duration within, int limit)
            throws SQLException {
        return session
                .list(
                        LATEST_REFUSED,
                        row -> new RefusedSubmissions(
                                row.getInt(1),
                                new JobId(row.getObject(2, UUID.class)),
                                row.getString(3),
                                row.getObject(4, OffsetDateTime.class).toInstant(),
                                row.getString(5)),
                        limit,
                        within.toMillis())
                .stream()
                .findFirst();
    }

    /** Removes submissions. Returns those that existed, which this transaction has taken. */
    public static Set<Long> take(Session session, Collection<Long> numbers) throws SQLException {
        if (numbers.isEmpty()) { // not every database has this table
            return Set.of();
        }
        List<Long> rising = numbers.stream().sorted().toList(); // sorted, so that hosts lock rows in the same order
        StatementBatch rows = session.batch(TAKE);
        for (long number : rising) {
            rows.number(number).add();
        }
        int[] counts = rows.run();
        Set<Long> taken = new HashSet<>();
        for (int n = 0; n < counts.length; n++) {
            if (counts[n] == 1) {
                taken.add(rising.get(n));
            }
        }
        return taken;
    }

    /**
     * Marks submissions as rejected.
     *
     * @param reasons reasons by the number of the submission
     */
    public static void refuse(Session session, Map<Long, String> reasons) throws SQLException {
        StatementBatch rows = session.batch(REFUSE);
        for (Map.Entry<Long, String> each : reasons.entrySet()) {
            rows.number(each.getKey().longValue()).text(each.getValue()).add();
        }
        rows.run();
        SchemaScript.run(session, List.of(FORGET));
    }
}

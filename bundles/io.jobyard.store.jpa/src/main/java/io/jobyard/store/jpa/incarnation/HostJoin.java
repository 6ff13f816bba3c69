// SPDX-License-Identifier: Apache-2.0
package io.jobyard.store.jpa.incarnation;

import io.jobyard.api.StoreException;
import io.jobyard.store.jpa.schema.Schema;
import io.jobyard.store.jpa.sql.Session;
import io.jobyard.store.jpa.sql.StatementBatch;
import io.jobyard.store.jpa.sql.Utc;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/**
 * Joins a database that other hosts can also open. Ends the previous incarnation of this instance, because its host no longer runs. Only
 * the leader ends other incarnations with expired leases, because it knows how long the database has answered: after an outage, these hosts
 * may be about to renew. Only one host at a time gets the lock.
 */
public final class HostJoin {

    private static final String ALONE = "SELECT step FROM schema_version WHERE step = ? FOR UPDATE";
    private static final String LIVES = "SELECT number, host, seals_by, place, lease_until, %s FROM incarnation"
            + " WHERE ended_at IS NULL ORDER BY number FOR UPDATE"; // waits for the end of their last transactions
    private static final String END = "UPDATE incarnation SET ended_at = ? WHERE number = ?";
    private static final String LEASE =
            "UPDATE incarnation SET lease_until = %s + ?, place = ?, seals_by = ? WHERE number = ? AND ended_at IS NULL";

    /** Tables with rows that incarnations publish; the rows of ended incarnations are deleted. */
    private static final List<String> TOLD = Stream.of("host_handler", "host_notice")
            .map(table -> "DELETE FROM " + table
                    + " WHERE incarnation IN (SELECT number FROM incarnation WHERE ended_at IS NOT NULL)")
            .toList();

    private record JoinedLife(
            int number, String host, String sealsBy, String position, Instant leaseUntil, Instant now) {}

    private final String lives;
    private final String lease;

    /**
     * Creates the join.
     *
     * @param clock SQL expression for the clock that decides about leases
     */
    public HostJoin(String clock) {
        lives = LIVES.formatted(clock);
        lease = LEASE.formatted(clock);
    }

    /** Ends earlier incarnations of this host, in the transaction that begins the new one. */
    void begin(Session session, HostCandidate claimant, String sealsBy) throws SQLException {
        session.list(ALONE, row -> row.getInt(1), Schema.FIRST);
        List<JoinedLife> unended = session.list(
                lives,
                row -> new JoinedLife(
                        row.getInt(1),
                        row.getString(2),
                        row.getString(3),
                        row.getString(4),
                        Utc.present(row, 5),
                        Utc.present(row, 6)));
        StatementBatch end = session.batch(END);
        for (JoinedLife life : unended) {
            if (isOfPosition(life, claimant)) {
                end.instant(life.now()).number(life.number()).add();
            } else if (life.leaseUntil().isAfter(life.now()) && !life.sealsBy().equals(sealsBy)) {
                throw new StoreException(
                        "this host's key for the seals of audit and histories differs from that of host " + life.host()
                                + " of this database: copy data/audit.key of that host to data/ of this one, and start it again",
                        null);
            }
        }
        end.run();
        for (String told : TOLD) {
            session.batch(told).add();
            session.batch(told).run();
        }
    }

    /** Returns whether the incarnation has the position of this host. Two hosts with one position are never alive at once. */
    private static boolean isOfPosition(JoinedLife life, HostCandidate claimant) {
        return !claimant.position().isEmpty() && claimant.position().equals(life.position());
    }

    /** Starts the lease of the host. */
    void lease(Session session, HostCandidate claimant, String sealsBy, int number) throws SQLException {
        StatementBatch row = session.batch(lease);
        row.number(claimant.lease().toMillis() * 1_000)
                .text(claimant.position())
                .text(sealsBy)
                .number(number)
                .add();
        row.run();
    }
}

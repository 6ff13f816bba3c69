// SPDX-License-Identifier: Apache-2.0
package io.jobyard.store.jpa;

import io.jobyard.api.StoreException;
import io.jobyard.store.api.StoreDialect;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;

/**
 * How a host takes a database that others can open too: it ends the lives that nobody leads any more, and is refused while
 * one is led. One host at a time gets this far, and the database's clock decides.
 */
final class Succession {

    private static final String ALONE = "SELECT step FROM schema_version WHERE step = ? FOR UPDATE";
    private static final String LIVES = "SELECT number, host, place, lease_until, %s FROM incarnation"
            + " WHERE ended_at IS NULL ORDER BY number FOR UPDATE"; // so that their last transactions are over
    private static final String END = "UPDATE incarnation SET ended_at = ? WHERE number = ?";
    private static final String LEASE =
            "UPDATE incarnation SET lease_until = %s + ?, place = ? WHERE number = ? AND ended_at IS NULL";

    private record Life(int number, String host, String place, Instant leaseUntil, Instant now) {}

    private final String lives;
    private final String lease;
    private final int step;

    /** On a database of that kind, with a clock by which leases are judged. */
    Succession(StoreDialect dialect, String clock) {
        lives = LIVES.formatted(clock);
        lease = LEASE.formatted(clock);
        step = dialect.firstStep();
    }

    /** Ends the lives of before, in the transaction that begins the new one. */
    void begin(Session session, Claimant claimant) throws SQLException {
        session.list(ALONE, row -> row.getInt(1), step);
        List<Life> unended = session.list(
                lives,
                row -> new Life(
                        row.getInt(1), row.getString(2), row.getString(3), Utc.present(row, 4), Utc.present(row, 5)));
        StatementBatch end = session.batch(END);
        for (Life life : unended) {
            if (life.leaseUntil().isAfter(life.now()) && !isDead(life, claimant)) {
                throw new StoreException(
                        "the database is in use by host " + life.host() + ", whose lease goes until "
                                + life.leaseUntil()
                                + " by the database's clock, where it is " + life.now()
                                + " now: stop that host; if it is dead, start this one again after that time",
                        null);
            }
            end.instant(life.now()).number(life.number()).add();
        }
        end.run();
    }

    /** Two hosts of one place are never alive at once. */
    private static boolean isDead(Life life, Claimant claimant) {
        return !claimant.place().isEmpty() && claimant.place().equals(life.place());
    }

    /** From now on the database is its own for so long. */
    void lease(Session session, Claimant claimant, int number) throws SQLException {
        StatementBatch row = session.batch(lease);
        row.number(claimant.lease().toMillis() * 1_000)
                .text(claimant.place())
                .number(number)
                .add();
        row.run();
    }
}

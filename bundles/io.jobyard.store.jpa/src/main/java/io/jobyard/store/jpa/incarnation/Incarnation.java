// SPDX-License-Identifier: Apache-2.0
package io.jobyard.store.jpa.incarnation;

import io.jobyard.settings.api.AuditSeal;
import io.jobyard.store.jpa.sql.Ids;
import io.jobyard.store.jpa.sql.Session;
import io.jobyard.store.jpa.sql.StatementBatch;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;

/**
 * This host from its start to its end.
 *
 * @param id new at each start
 * @param host name and process
 * @param number number of the incarnation among all hosts of the database, from 1
 */
public record Incarnation(UUID id, String host, int number) {

    /** Text whose keyed hash identifies a key. */
    private static final String KEY = "the key of an instance";

    private static final String BEGIN =
            "INSERT INTO incarnation (id, host, started_at, lease_until, number)" + " VALUES (?,?,?,?,?)";
    private static final String LAST = "SELECT MAX(number) FROM incarnation";
    private static final String ALL = "SELECT id FROM incarnation ORDER BY number";
    private static final String LIVING = "SELECT id FROM incarnation WHERE ended_at IS NULL";
    private static final String END_OTHERS = "UPDATE incarnation SET ended_at = ? WHERE ended_at IS NULL";
    private static final String END = "UPDATE incarnation SET ended_at = ? WHERE id = ? AND ended_at IS NULL";

    /** Stores the incarnation with the first row of its audit. If the database is not shared, ends all other incarnations. */
    public static Incarnation begin(
            DataSource source, Clock clock, HostCandidate claimant, AuditSeal seal, Optional<HostJoin> succession)
            throws SQLException {
        Session session = new Session(source.getConnection());
        try {
            session.connection().setAutoCommit(false);
            if (succession.isPresent()) {
                succession.get().begin(session, claimant, seal.digest(KEY));
            } else {
                StatementBatch end = session.batch(END_OTHERS);
                end.instant(clock.instant()).add();
                end.run();
            }
            Incarnation self = begin(session, clock.instant(), claimant, seal);
            if (succession.isPresent()) {
                succession.get().lease(session, claimant, seal.digest(KEY), self.number);
            }
            session.connection().commit();
            session.close();
            return self;
        } catch (SQLException | RuntimeException e) {
            session.discard(source);
            throw e;
        }
    }

    private static Incarnation begin(Session session, Instant now, HostCandidate claimant, AuditSeal seal)
            throws SQLException {
        Incarnation self = new Incarnation(UUID.randomUUID(), claimant.host(), last(session) + 1);
        AuditTable.begin(session, seal, self.id, now);
        StatementBatch row = session.batch(BEGIN);
        row.uuid(self.id)
                .text(self.host)
                .instant(now)
                .instant(now.plus(claimant.lease()))
                .number(self.number)
                .add();
        row.run();
        return self;
    }

    private static int last(Session session) throws SQLException {
        return session.list(LAST, row -> row.getInt(1)).get(0); // 0 if the table has no row
    }

    /** Returns all incarnations, oldest first. */
    public static List<UUID> all(Session session) throws SQLException {
        return session.list(ALL, row -> Ids.uuid(row.getBytes(1)));
    }

    /** Returns the incarnations that have not ended. */
    public static List<UUID> living(Session session) throws SQLException {
        return session.list(LIVING, row -> Ids.uuid(row.getBytes(1)));
    }

    public void end(DataSource source, Clock clock) throws SQLException {
        try (Session session = new Session(source.getConnection())) {
            StatementBatch row = session.batch(END);
            row.instant(clock.instant()).uuid(id).add();
            row.run();
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.jobyard.store.jpa.copy;

import io.jobyard.api.StoreException;
import io.jobyard.store.jpa.schema.CopyMark;
import io.jobyard.store.jpa.schema.SchemaScript;
import io.jobyard.store.jpa.sql.Ids;
import io.jobyard.store.jpa.sql.Session;
import io.jobyard.store.jpa.sql.Utc;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;

/** Store that is copied. The copy only reads it; no host may run on it meanwhile. */
public final class CopySource {

    private static final String LOCK = "LOCK TABLE incarnation IN SHARE MODE"; // so that no host starts on it
    private static final String LIVES =
            "SELECT host, place, lease_until, %s FROM incarnation WHERE ended_at IS NULL ORDER BY number";
    private static final String LATEST = "SELECT id, (SELECT COUNT(*) FROM incarnation) FROM incarnation"
            + " ORDER BY number DESC FETCH FIRST 1 ROWS ONLY";
    private static final String FEED =
            "SELECT SUM(ends.number) FROM (SELECT MAX(number) AS number FROM feed GROUP BY incarnation) AS ends";

    private static final String SUBMITTED = "SELECT COUNT(*) FROM submission";

    private record SourceLife(String host, String position, Instant leaseUntil, Instant now) {}

    private final CopiedStore store;
    private final String position;

    /** Creates the source for the host with this position, which is not running. */
    public CopySource(CopiedStore store, String position) {
        this.store = store;
        this.position = position;
    }

    /** Keeps hosts out; an embedded database does so with its own lock file. Returns a stamp that identifies the current content. */
    public String begin() {
        if (store.mark().isPresent()) {
            throw new StoreException(store.name() + ": " + CopyMark.UNFINISHED, null);
        }
        store.refuseUnreleased();
        if (!store.isCurrent()) {
            throw new StoreException(
                    store.name()
                            + " is not a store of this version: start a host of this version on it once, and stop the host",
                    null);
        }
        return store.ask(session -> {
            Connection connection = session.connection();
            connection.rollback();
            if (store.dialect().sharedClock().isPresent()) {
                connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
                SchemaScript.run(
                        session,
                        List.of(LOCK)); // must be the first statement, so that the snapshot begins after the lock
                refuseTheLiving(session, store.dialect().sharedClock().get());
            }
            if (submitted(session) > 0) {
                throw new StoreException(
                        store.name()
                                + " has jobs submitted from SQL that no host has accepted yet: stop the applications that"
                                + " submit them, then start and stop a host, which accepts the jobs",
                        null);
            }
            return stamp(session);
        });
    }

    private void refuseTheLiving(Session session, String clock) throws SQLException {
        List<SourceLife> unended = session.list(
                LIVES.formatted(clock),
                row -> new SourceLife(row.getString(1), row.getString(2), Utc.present(row, 3), Utc.present(row, 4)));
        for (SourceLife life : unended) {
            boolean isDead = !position.isEmpty() && position.equals(life.position());
            if (!isDead && life.leaseUntil().isAfter(life.now())) {
                throw new StoreException(
                        store.name() + " is in use by host " + life.host() + ", whose lease ends at "
                                + life.leaseUntil() + " by the database's clock (now " + life.now()
                                + "): stop that host; if it has crashed, try again after that time",
                        null);
            }
        }
    }

    private long submitted(Session session) throws SQLException {
        return store.dialect().takesSubmissions()
                ? session.list(SUBMITTED, row -> row.getLong(1)).get(0)
                : 0;
    }

    private String stamp(Session session) throws SQLException {
        List<String> latest = session.list(LATEST, row -> Ids.uuid(row.getBytes(1)) + " " + row.getLong(2));
        if (latest.isEmpty()) {
            throw new StoreException(store.name() + " is empty: no host has ever used it", null);
        }
        return latest.get(0) + " " + session.list(FEED, row -> row.getLong(1)).get(0);
    }

    /** Ends the copy. Throws an exception if the store has changed since the beginning. */
    void end(String stamp) {
        store.commit();
        if (!stamp.equals(store.ask(this::stamp)) || store.ask(this::submitted) > 0) {
            throw new StoreException(
                    store.name()
                            + " has changed while it was copied, so the copy is unusable: stop the host that uses it"
                            + " and all applications that submit from SQL, and try again with an empty database",
                    null);
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.jobyard.store.jpa.cluster;

import io.jobyard.settings.api.LoopThread;
import io.jobyard.store.jpa.incarnation.HostCandidate;
import io.jobyard.store.jpa.rows.DatabaseTime;
import io.jobyard.store.jpa.sql.Session;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Thread that renews the lease of this incarnation and reads the rows of other hosts. It has its own connection, so a running host never
 * loses its lease because of other waits. If the database does not answer, the thread retries; the database decides whether the lease has
 * expired.
 */
public final class LeaseThread {

    /** Additional work on the database in each round. */
    public interface AtEachLook {

        void look(Session session) throws SQLException;
    }

    private static final Logger LOG = LoggerFactory.getLogger(LeaseThread.class);
    private static final Duration MOST_DOUBT = Duration.ofMillis(50);
    private static final Duration LONGEST_REST = Duration.ofMillis(500);

    private final DataSource source;
    private final int number;
    private final Duration lease;
    private final HostTable table;
    private final SharedHosts hosts;
    private final DatabaseTime time;
    private final HostCandidate.HostTime clock;
    private final Runnable whenFenced;
    private volatile AtEachLook also = session -> {};
    private final LoopThread loop =
            new LoopThread("jobyard-store-lease-1", "The lease of this host is not renewed", this::round, this::end);

    private @Nullable Session session; // used only by the thread

    /** @param number number of the incarnation */
    LeaseThread(
            DataSource source,
            int number,
            HostCandidate claimant,
            HostTable table,
            DatabaseTime time,
            SharedHosts hosts,
            Runnable whenFenced) {
        this.source = source;
        this.number = number;
        lease = claimant.lease();
        clock = claimant.clock();
        this.table = table;
        this.time = time;
        this.hosts = hosts;
        this.whenFenced = whenFenced;
    }

    void atEachLook(AtEachLook something) {
        also = something;
    }

    void start() {
        loop.start();
    }

    /** Starts a round now. */
    void call() {
        loop.wake();
    }

    void stop(Duration timeout) throws InterruptedException {
        loop.stop(timeout);
    }

    private void end() {
        try {
            hosts.end(session());
        } catch (SQLException e) {
            LOG.debug("Another host has to wait until the lease of the leader is over", e);
        } finally {
            discard();
        }
    }

    private Duration round() {
        try {
            long now = System.nanoTime();
            if (hosts.isToRenew()) {
                if (!table.renew(session(), number, lease)) {
                    whenFenced.run();
                    loop.beginStop();
                    return Duration.ZERO;
                }
                hosts.renewed(now);
                time.tell(session(), clock, MOST_DOUBT);
            }
            hosts.look(session());
            also.look(session());
        } catch (SQLException e) {
            LOG.debug("The database does not answer the thread of the lease", e);
            discard();
            hosts.noAnswer();
        } catch (RuntimeException | Error e) { // the state of the session is unknown
            discard();
            throw e;
        }
        Duration third = lease.dividedBy(3);
        return third.compareTo(LONGEST_REST) < 0 ? third : LONGEST_REST;
    }

    private Session session() throws SQLException {
        Session current = session;
        if (current == null) {
            Connection connection = source.getConnection();
            current = new Session(connection);
            session = current;
            connection.setNetworkTimeout(Runnable::run, (int) lease.dividedBy(3).toMillis());
        }
        return current;
    }

    private void discard() {
        Session old = session;
        session = null;
        if (old != null) {
            old.abort();
        }
    }
}

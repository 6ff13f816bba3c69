// SPDX-License-Identifier: Apache-2.0
package io.jobyard.store.jpa;

import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Renews the lease of this life of the host, on a thread and a connection of its own: whatever the others wait for, a host
 * that lives is not taken for dead. While the database does not answer it tries on; whether the lease has run out meanwhile
 * is for the database to say.
 */
final class LeaseThread {

    private static final Logger LOG = LoggerFactory.getLogger(LeaseThread.class);
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final DataSource source;
    private final int number;
    private final Duration lease;
    private final String sql;
    private final Runnable whenFenced;
    private final CountDownLatch stopped = new CountDownLatch(1);
    private final Thread thread = new Thread(this::run, "jobyard-store-lease-1");
    private @Nullable Connection connection;

    /** Of the life of that number, on the pool's database; the clock is the database's, in SQL. */
    LeaseThread(DataSource pool, int number, Duration lease, String clock, Runnable whenFenced) {
        source = unpooled(pool);
        this.number = number;
        this.lease = lease;
        this.whenFenced = whenFenced;
        sql = "UPDATE incarnation SET lease_until = " + clock + " + ? WHERE number = ? AND ended_at IS NULL";
    }

    /** All that the pool has may be lent to those who wait. */
    private static DataSource unpooled(DataSource pool) {
        try {
            return pool.unwrap(HikariDataSource.class).getDataSource();
        } catch (SQLException e) {
            throw new IllegalStateException("connections come from a pool", e);
        }
    }

    void start() {
        thread.setDaemon(true);
        thread.start();
    }

    void stop(Duration patience) throws InterruptedException {
        stopped.countDown();
        thread.join(patience.toMillis());
    }

    private void run() {
        Duration rest = lease.dividedBy(3);
        try {
            while (!stopped.await(rest.toMillis(), TimeUnit.MILLISECONDS)) {
                rest = renew();
            }
        } catch (InterruptedException e) {
            LOG.warn("The lease of this host is not renewed any more: its thread was interrupted");
        } finally {
            discard();
        }
    }

    /** How long it is good without another try. */
    private Duration renew() {
        try {
            if (!isRenewed()) {
                whenFenced.run();
                stopped.countDown();
            }
            return lease.dividedBy(3);
        } catch (SQLException e) {
            LOG.debug("The lease was not renewed", e);
            discard();
            return PAUSE;
        }
    }

    private boolean isRenewed() throws SQLException {
        Connection current = connection;
        if (current == null) {
            current = source.getConnection();
            connection = current;
            current.setNetworkTimeout(Runnable::run, (int) lease.dividedBy(3).toMillis());
        }
        try (PreparedStatement update = current.prepareStatement(sql)) {
            update.setLong(1, lease.toMillis() * 1_000);
            update.setInt(2, number);
            return update.executeUpdate() == 1;
        }
    }

    private void discard() {
        Connection old = connection;
        connection = null;
        if (old != null) {
            try {
                old.abort(Runnable::run);
            } catch (SQLException e) {
                LOG.debug("A connection was already gone", e);
            }
        }
    }
}

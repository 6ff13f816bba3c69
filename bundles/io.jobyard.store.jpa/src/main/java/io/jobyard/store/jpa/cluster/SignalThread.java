// SPDX-License-Identifier: Apache-2.0
package io.jobyard.store.jpa.cluster;

import io.jobyard.settings.api.LoopThread;
import io.jobyard.store.api.StoreSignals;
import io.jobyard.store.jpa.sql.OwnConnection;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Collection;
import java.util.Set;
import java.util.TreeSet;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Thread that wakes other hosts shortly after a request. Several commits share one signal. Signals that cannot be sent are dropped. */
final class SignalThread {

    private static final Logger LOG = LoggerFactory.getLogger(SignalThread.class);
    private static final long REST_MILLIS = 2;

    private final StoreSignals signals;
    private final Set<Integer> hosts = new TreeSet<>();
    private final LoopThread loop =
            new LoopThread("jobyard-store-signals-1", "Cannot notify other hosts", this::round, this::end);
    private final OwnConnection connection;

    SignalThread(DataSource source, StoreSignals signals) {
        connection = new OwnConnection(source, fresh -> {});
        this.signals = signals;
    }

    void start() {
        loop.start();
    }

    /** Wakes the hosts of these incarnations. */
    void wake(Collection<Integer> lives) {
        synchronized (hosts) {
            hosts.addAll(lives);
        }
        loop.wake();
    }

    void stop(Duration timeout) throws InterruptedException {
        loop.stop(timeout);
    }

    private Duration round() throws InterruptedException {
        send(next());
        Thread.sleep(REST_MILLIS);
        return LoopThread.UNTIL_WOKEN;
    }

    private void end() {
        send(next());
        connection.discard();
    }

    private Set<Integer> next() {
        synchronized (hosts) {
            Set<Integer> next = Set.copyOf(hosts);
            hosts.clear();
            return next;
        }
    }

    private void send(Set<Integer> lives) {
        if (lives.isEmpty()) {
            return;
        }
        try {
            Connection current = connection.get();
            for (int life : lives) {
                signals.send(current, life);
            }
        } catch (SQLException e) {
            LOG.debug("Other hosts were not notified: they find the work by polling", e);
            connection.discard();
        }
    }
}

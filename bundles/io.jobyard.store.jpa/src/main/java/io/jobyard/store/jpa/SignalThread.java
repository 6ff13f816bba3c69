// SPDX-License-Identifier: Apache-2.0
package io.jobyard.store.jpa;

import io.jobyard.store.api.StoreSignals;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Collection;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Wakes other hosts, a little after it was asked: several commits make one signal. What cannot be sent is dropped. */
final class SignalThread {

    private static final Logger LOG = LoggerFactory.getLogger(SignalThread.class);
    private static final long REST_MILLIS = 2;

    private final StoreSignals signals;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition asked = lock.newCondition();
    private final Set<Integer> hosts = new TreeSet<>();
    private final Thread thread = new Thread(this::run, "jobyard-store-signals-1");
    private final OwnConnection connection;
    private boolean stopped;

    SignalThread(DataSource source, StoreSignals signals) {
        connection = new OwnConnection(source, fresh -> {});
        this.signals = signals;
    }

    void start() {
        thread.setDaemon(true);
        thread.start();
    }

    /** Wakes the hosts of these lives. */
    void wake(Collection<Integer> lives) {
        lock.lock();
        try {
            hosts.addAll(lives);
            asked.signal();
        } finally {
            lock.unlock();
        }
    }

    void stop(Duration patience) throws InterruptedException {
        lock.lock();
        try {
            stopped = true;
            asked.signal();
        } finally {
            lock.unlock();
        }
        thread.join(patience.toMillis());
    }

    private void run() {
        try {
            for (Set<Integer> next = next(); !next.isEmpty(); next = next()) {
                send(next);
                Thread.sleep(REST_MILLIS);
            }
        } catch (InterruptedException e) {
            LOG.warn("Other hosts are not woken any more: they look by themselves");
        } finally {
            connection.discard();
        }
    }

    /** Nothing at the end. */
    private Set<Integer> next() throws InterruptedException {
        lock.lock();
        try {
            while (hosts.isEmpty() && !stopped) {
                asked.await(1, TimeUnit.SECONDS);
            }
            Set<Integer> next = Set.copyOf(hosts);
            hosts.clear();
            return next;
        } finally {
            lock.unlock();
        }
    }

    private void send(Set<Integer> lives) {
        try {
            Connection current = connection.get();
            for (int life : lives) {
                signals.send(current, life);
            }
        } catch (SQLException e) {
            LOG.debug("Other hosts were not woken: they look by themselves", e);
            connection.discard();
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.jobyard.worker;

import io.jobyard.api.HandlerName;
import io.jobyard.api.handler.JobHandler;
import io.jobyard.api.spi.HandlerInfo;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.osgi.framework.Version;

/** One registered handler and the runs that are inside it. Safe for use by several threads. */
final class Handler {

    final String type;
    final Version version;
    final String bundle;
    final HandlerName name;
    final JobHandler service;
    final PayloadSchema schema;
    final Set<String> limits;
    final Json json = new Json();

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition empty = lock.newCondition();
    private final Set<Run> runs = new HashSet<>();
    private boolean left;

    Handler(String type, Version version, String bundle, JobHandler service, PayloadSchema schema, Set<String> limits) {
        this.type = type;
        this.version = version;
        this.bundle = bundle;
        this.name = new HandlerName(version.toString(), bundle);
        this.service = service;
        this.schema = schema;
        this.limits = Set.copyOf(limits);
    }

    HandlerInfo info(String state) {
        lock.lock();
        try {
            return new HandlerInfo(type, version.toString(), bundle, state, runs.size());
        } finally {
            lock.unlock();
        }
    }

    /** False if the handler is leaving: then the run must not go in. */
    boolean enter(Run run) {
        lock.lock();
        try {
            return !left && runs.add(run);
        } finally {
            lock.unlock();
        }
    }

    void exit(Run run) {
        lock.lock();
        try {
            runs.remove(run);
            if (runs.isEmpty()) {
                empty.signalAll();
            }
        } finally {
            lock.unlock();
        }
    }

    /**
     * Lets no run in any more, waits for those inside, then interrupts them. Returns when all are out or given up; the
     * number of those that did not end.
     */
    int drain(Duration timeout, Duration grace) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            left = true;
            awaitEmpty(timeout);
            if (!runs.isEmpty()) {
                List.copyOf(runs).forEach(run -> run.end(Run.Ending.GIVE_BACK));
                awaitEmpty(grace);
            }
            return runs.size();
        } finally {
            lock.unlock();
        }
    }

    private void awaitEmpty(Duration atMost) throws InterruptedException {
        long left = atMost.toNanos();
        while (!runs.isEmpty() && left > 0) {
            left = empty.awaitNanos(left);
        }
    }

    @Override
    public String toString() {
        return type + " " + version + " (" + bundle + ")";
    }
}

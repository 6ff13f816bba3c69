// SPDX-License-Identifier: Apache-2.0
package io.jobyard.worker;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** The runs that are inside another bundle's service, which is let go once they are out. Safe for use by several threads. */
final class RunsInside {

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition empty = lock.newCondition();
    private final Set<Run> runs = new HashSet<>();
    private boolean left;

    int count() {
        lock.lock();
        try {
            return runs.size();
        } finally {
            lock.unlock();
        }
    }

    /** False if the service is leaving: then the run must not go in. */
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
        long nanos = atMost.toNanos();
        while (!runs.isEmpty() && nanos > 0) {
            nanos = empty.awaitNanos(nanos);
        }
    }
}

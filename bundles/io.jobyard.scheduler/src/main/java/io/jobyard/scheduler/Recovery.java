// SPDX-License-Identifier: Apache-2.0
package io.jobyard.scheduler;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** State that allows this host to start runs: it is the leader, and has requeued all runs of ended hosts. */
final class Recovery {

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private boolean leader;
    private boolean done;
    private int leaderships;

    /** Records whether this host is the leader. */
    void follow(boolean isLeader) {
        lock.lock();
        try {
            if (isLeader && !leader) {
                leaderships++;
                done = false;
            }
            leader = isLeader;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Returns the number of this host's latest leadership. */
    int leadership() {
        lock.lock();
        try {
            return leaderships;
        } finally {
            lock.unlock();
        }
    }

    /** Records that all runs are requeued in the leadership with this number. */
    void done(int leadership) {
        lock.lock();
        try {
            done |= leadership == leaderships;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Waits until runs may start. Returns false after the timeout. */
    boolean await(Duration timeout) throws InterruptedException {
        long left = TimeUnit.NANOSECONDS.convert(timeout);
        lock.lockInterruptibly();
        try {
            while (!(leader && done) && left > 0) {
                left = changed.awaitNanos(left);
            }
            return leader && done;
        } finally {
            lock.unlock();
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.jobyard.scheduler;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Whether this host may start runs: it is the leader, and has taken back by now what hosts ran that had ended before.
 */
final class Recovery {

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private boolean leader;
    private boolean done;
    private int leaderships;

    /** Another host is the leader from now on, or this one. */
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

    /** The number of this host's latest leadership. */
    int leadership() {
        lock.lock();
        try {
            return leaderships;
        } finally {
            lock.unlock();
        }
    }

    /** In the leadership with that number all has been taken back. */
    void done(int leadership) {
        lock.lock();
        try {
            done |= leadership == leaderships;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Waits until runs may start; false if they may not when the time is over. */
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

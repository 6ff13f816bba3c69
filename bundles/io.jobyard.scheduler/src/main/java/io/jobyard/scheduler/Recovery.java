// SPDX-License-Identifier: Apache-2.0
package io.jobyard.scheduler;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Whether this host may start runs: it is the steward, and has taken back by now what hosts ran that had ended before. Safe for
 * use by several threads.
 */
final class Recovery {

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private boolean steward;
    private boolean done;
    private int stewardships;

    /** Another host is the steward from now on, or this one. */
    void follow(boolean isSteward) {
        lock.lock();
        try {
            if (isSteward && !steward) {
                stewardships++;
                done = false;
            }
            steward = isSteward;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** The number of this host's latest stewardship. */
    int stewardship() {
        lock.lock();
        try {
            return stewardships;
        } finally {
            lock.unlock();
        }
    }

    /** In the stewardship with that number all has been taken back. */
    void done(int stewardship) {
        lock.lock();
        try {
            done |= stewardship == stewardships;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Waits until runs may start; false if they may not when the time is over. */
    boolean await(Duration patience) throws InterruptedException {
        long left = TimeUnit.NANOSECONDS.convert(patience);
        lock.lockInterruptibly();
        try {
            while (!(steward && done) && left > 0) {
                left = changed.awaitNanos(left);
            }
            return steward && done;
        } finally {
            lock.unlock();
        }
    }
}

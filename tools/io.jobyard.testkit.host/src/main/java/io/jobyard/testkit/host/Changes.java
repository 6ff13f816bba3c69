// SPDX-License-Identifier: Apache-2.0
package io.jobyard.testkit.host;

import io.jobyard.spi.feed.CommitListener;
import io.jobyard.spi.feed.Committed;
import io.jobyard.spi.feed.StoreSnapshot;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Counts changes and lets threads wait for more. Safe for use by several threads. */
final class Changes implements CommitListener {

    private long count;

    synchronized void one() {
        count++;
        notifyAll();
    }

    synchronized long seen() {
        return count;
    }

    /** Waits for a change. Returns false after the deadline, in nanoseconds. */
    synchronized boolean awaitAfter(long seen, long deadline) {
        try {
            while (count == seen) {
                long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
                if (left <= 0) {
                    return false;
                }
                wait(left);
            }
            return true;
        } catch (InterruptedException e) {
            throw Engine.interrupted();
        }
    }

    @Override
    public void opened(StoreSnapshot snapshot) {
        one();
    }

    @Override
    public void committed(List<Committed> changes) {
        one();
    }
}

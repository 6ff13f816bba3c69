// SPDX-License-Identifier: Apache-2.0
package io.jobyard.queue;

import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * The lock of {@link Lanes}. No read of the store holds it.
 *
 * <p>Lock order:
 *
 * <ol>
 * <li>the monitors of {@link BacklogAlert} and {@link LimitUseWriter}, which call the lanes;
 * <li>this lock, under which gates, handlers and workers are called, which have locks of their own; code under those does not call the
 * queue;
 * <li>the monitors of {@link LimitCatalogRegistry} and {@link LeaderTerm}, under which the queue is not called.
 * </ol>
 */
final class QueueLock {

    /** Time for which configuration changes are collected, so that many files that arrive together cause one check. */
    static final Duration GATHER = Duration.ofMillis(50);

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    /** Whether a waiting claim knows of a configuration change, and when it checks it. */
    private boolean gathers;

    private long looksNanos;

    <T> T get(Supplier<T> question) {
        lock.lock();
        try {
            return question.get();
        } finally {
            lock.unlock();
        }
    }

    void run(Runnable work) {
        lock.lock();
        try {
            work.run();
        } finally {
            lock.unlock();
        }
    }

    /** Runs an action that may open a lane. */
    <T> T changing(Supplier<T> work) {
        return get(() -> {
            T result = work.get();
            changed();
            return result;
        });
    }

    /** Runs an action that may open a lane. */
    void change(Runnable work) {
        run(() -> {
            work.run();
            changed();
        });
    }

    /** Signals a waiting claim to look again, because a lane may have opened. Requires the lock. */
    void changed() {
        changed.signalAll();
    }

    /** Signals that a condition under the lock may have changed. */
    void wake() {
        change(() -> {});
    }

    /** Announces a configuration change. A claim checks soon, for all changes until then; an earlier check includes this change. */
    void wakeSoon() {
        run(() -> {
            if (!gathers) {
                gathers = true;
                looksNanos = System.nanoTime() + GATHER.toNanos();
                changed();
            }
        });
    }

    /** Work of a claim under the lock, which it may release to wait. */
    interface Interruptible<T> {

        T get() throws InterruptedException;
    }

    <T> T claim(Interruptible<T> claim) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            return claim.get();
        } finally {
            lock.unlock();
        }
    }

    /** Ends the collection of changes, because the claim that holds the lock sees all of them. */
    void look() {
        gathers = false;
    }

    /** Waits for the next change, at most for this time. Requires the lock. */
    void awaitChange(long nanos) throws InterruptedException {
        if (!gathers) { // also set while a lane is read
            changed.awaitNanos(nanos);
        }
        if (gathers) {
            changed.awaitNanos(looksNanos - System.nanoTime()); // other changes end the wait early
        }
    }

    /** Reads from the store without the lock, which the thread holds before and after. */
    <T> T without(Supplier<T> read) {
        lock.unlock();
        try {
            return read.get();
        } finally {
            lock.lock();
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.jobyard.queue;

import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * The lock of {@link Lanes}. No read of the store holds it.
 *
 * <p>Whoever takes several locks takes them in this order:
 *
 * <ol>
 *   <li>the monitors of {@link BacklogAlert} and {@link LimitUseWriter}, which ask the lanes;
 *   <li>this one, under which gates, handlers and workers are asked with locks of their own: under these nobody asks the queue;
 *   <li>the monitors of {@link LimitCatalogRegistry} and {@link LeaderTerm}, under which nothing of the queue is asked.
 * </ol>
 */
final class QueueLock {

    /** For so long changes of what is configured are gathered: many files that come together are one look, not one each. */
    static final Duration GATHER = Duration.ofMillis(50);

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    /** Whether a claim that waits has been told that something is configured in another way, and when it looks. */
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

    /** Does what may open a lane. */
    <T> T changing(Supplier<T> work) {
        return get(() -> {
            T result = work.get();
            changed();
            return result;
        });
    }

    /** Does what may open a lane. */
    void change(Runnable work) {
        run(() -> {
            work.run();
            changed();
        });
    }

    /** By a thread that holds it: something may have opened a lane, so that a claim that waits looks again. */
    void changed() {
        changed.signalAll();
    }

    /** Something that is asked under the lock may answer in another way. */
    void wake() {
        change(() -> {});
    }

    /** What is configured has changed: a claim looks soon, at all that changes until then; one that looks before sees it too. */
    void wakeSoon() {
        run(() -> {
            if (!gathers) {
                gathers = true;
                looksNanos = System.nanoTime() + GATHER.toNanos();
                changed();
            }
        });
    }

    /** What a claim does under the lock, which it may leave to wait. */
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

    /** A claim that holds the lock looks at all that has changed by now. */
    void look() {
        gathers = false;
    }

    /** A claim that holds the lock waits for the next change, so long at most. */
    void awaitChange(long nanos) throws InterruptedException {
        if (!gathers) { // it is told so while a lane is read on, too
            changed.awaitNanos(nanos);
        }
        if (gathers) {
            changed.awaitNanos(looksNanos - System.nanoTime()); // other news end it
        }
    }

    /** Reads from the store without the lock, which the thread holds. */
    <T> T without(Supplier<T> read) {
        lock.unlock();
        try {
            return read.get();
        } finally {
            lock.lock();
        }
    }
}

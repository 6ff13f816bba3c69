// SPDX-License-Identifier: Apache-2.0
package io.jobyard.store.jpa.commit;

import io.jobyard.api.QuotaException;
import io.jobyard.api.StoreException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Changes that wait for the next commit. Admissions of new jobs are bounded and come last, so that they cannot starve outcomes. They have
 * a share of each commit, so that output of thousands of runs cannot starve them.
 */
public final class Inbox {

    private static final Logger LOG = LoggerFactory.getLogger(Inbox.class);

    private static final Duration TIMEOUT = Duration.ofSeconds(5);

    /** Part of a commit that is kept for waiting admissions: one in this number. */
    private static final int ADMISSION_SHARE = 8;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition arrived = lock.newCondition();
    private final Condition room = lock.newCondition();
    private final Deque<Change> urgent = new ArrayDeque<>();
    private final Deque<Change> admissions = new ArrayDeque<>();
    private final int bound;
    private boolean closed;

    public Inbox(int bound) {
        this.bound = bound;
    }

    /** Adds a change that is always accepted. */
    public void put(Change change) {
        lock.lock();
        try {
            refuseIfClosed();
            urgent.add(change);
            arrived.signal();
        } finally {
            lock.unlock();
        }
    }

    /** Adds a change that is always accepted, except after the end of the store. */
    public <T> CompletableFuture<T> submit(Change change, CompletableFuture<T> future) {
        try {
            put(change);
        } catch (RuntimeException e) {
            future.completeExceptionally(e);
        }
        return future;
    }

    public CompletableFuture<Void> write(RowWrite.WrittenRows rows) {
        CompletableFuture<Void> future = new CompletableFuture<>();
        return submit(new RowWrite(rows, future), future);
    }

    /** Adds an admission. Waits for space; the future fails if the inbox remains full. */
    public <T> CompletableFuture<T> admit(Change admission, CompletableFuture<T> future) {
        try {
            offer(admission, TIMEOUT);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            future.completeExceptionally(new StoreException(
                    "the caller was interrupted while it waited for the store; nothing was stored", e));
        } catch (RuntimeException e) {
            future.completeExceptionally(e);
        }
        return future;
    }

    /** Adds an admission. If the inbox is full, waits for space up to the timeout. */
    void offer(Change admission, Duration timeout) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            long remaining = timeout.toNanos();
            while (admissions.size() >= bound && !closed) {
                if (remaining <= 0) {
                    throw new QuotaException("the store is busy: " + bound
                            + " submits wait for it; nothing was stored, try again later");
                }
                remaining = room.awaitNanos(remaining);
            }
            refuseIfClosed();
            admissions.add(admission);
            arrived.signal();
        } finally {
            lock.unlock();
        }
    }

    private void refuseIfClosed() {
        if (closed) {
            throw new StoreException("the store is closing, because the host is stopping; nothing was stored", null);
        }
    }

    /**
     * Waits for changes and returns the next ones. At most one admission exceeds the size. Returns an empty list once the inbox is closed
     * and drained.
     */
    List<Change> take(int max) {
        lock.lock();
        try {
            while (urgent.isEmpty() && admissions.isEmpty()) {
                if (closed) {
                    return List.of();
                }
                arrived.awaitUninterruptibly();
            }
            List<Change> taken = new ArrayList<>();
            if (!urgent.isEmpty() && urgent.peek().step() != null) {
                return List.of(urgent.remove());
            }
            int kept = admissions.isEmpty() ? 0 : Math.max(1, max / ADMISSION_SHARE);
            while (taken.size() < max - kept
                    && !urgent.isEmpty()
                    && urgent.peek().step() == null) {
                taken.add(urgent.remove());
            }
            int size = taken.size();
            while (size < max && !admissions.isEmpty()) {
                size += admissions.peek().size();
                taken.add(admissions.remove());
            }
            room.signalAll();
            return taken;
        } finally {
            lock.unlock();
        }
    }

    /** Removes and returns the waiting admissions, because the store cannot accept any now. */
    List<Change> takeAdmissions() {
        lock.lock();
        try {
            List<Change> taken = new ArrayList<>(admissions);
            admissions.clear();
            room.signalAll();
            return taken;
        } finally {
            lock.unlock();
        }
    }

    /** Waits for this time. Returns false immediately if the inbox is closed. An interrupt ends the wait early. */
    boolean pause(Duration time) {
        lock.lock();
        try {
            long remaining = time.toNanos();
            while (remaining > 0 && !closed) {
                remaining = room.awaitNanos(remaining);
            }
        } catch (InterruptedException e) {
            LOG.debug("Interrupted: the next try comes at once");
        } finally {
            lock.unlock();
        }
        return isOpen();
    }

    private boolean isOpen() {
        lock.lock();
        try {
            return !closed;
        } finally {
            lock.unlock();
        }
    }

    /** Closes the inbox to new changes. */
    void close() {
        lock.lock();
        try {
            closed = true;
            arrived.signalAll();
            room.signalAll();
        } finally {
            lock.unlock();
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.jobyard.worker;

import io.jobyard.api.StreamPiece;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Emitted pieces of a run that the store does not have yet, in order. Guarded by the lock of the run; safe for use by several threads. */
final class RunStream {

    private static final int MOST_UNSENT = 1_000;

    private final Object lock;
    private List<StreamPiece> unsent = new ArrayList<>();
    /** Future that completes when the write in flight ends; null if no write is in flight. */
    private @Nullable CompletableFuture<Void> inFlight;

    /** Whether the unsent pieces may be stored now, or a timer waits until they may. */
    private boolean isDue;

    private boolean isTimed;
    /** Time at which pieces became due for the last time; only valid if any did. */
    private long dueAt;

    private boolean wasDue;

    private boolean finished;
    private int waiting;
    private @Nullable RuntimeException fault;

    RunStream(Object lock) {
        this.lock = lock;
    }

    /**
     * Adds pieces that belong together. Returns false if they exceed the free space.
     *
     * @param joins whether to join them to the last unsent piece
     */
    boolean add(List<StreamPiece> pieces, boolean joins) {
        synchronized (lock) {
            if (fault != null) {
                throw fault;
            }
            if (!fits(pieces)) {
                return false;
            }
            pieces.forEach(piece -> add(piece, joins));
            return true;
        }
    }

    private void add(StreamPiece piece, boolean joins) {
        StreamPiece last = unsent.isEmpty() ? null : unsent.get(unsent.size() - 1);
        if (joins && last != null && EmittedText.fits(last.text(), piece.text())) {
            unsent.set(
                    unsent.size() - 1,
                    new StreamPiece(last.position(), last.run(), last.at(), last.text() + piece.text()));
        } else {
            unsent.add(piece);
        }
    }

    /**
     * Makes unsent pieces due if the last ones have been due for some time. Otherwise returns the time until the caller must call {@link
     * #becomeDue}; null if that is already arranged. The times of all runs are the same, so that they share commits.
     */
    @Nullable
    Duration untilDue(long now, long period) {
        synchronized (lock) {
            if (isDue || isTimed) {
                return null;
            } else if (!wasDue || now - dueAt >= period) {
                becomeDue(now);
                return null;
            }
            isTimed = true;
            return Duration.ofNanos(period - Math.floorMod(now, period));
        }
    }

    /** Makes unsent pieces due. */
    void becomeDue(long now) {
        synchronized (lock) {
            isTimed = false;
            isDue = true;
            wasDue = true;
            dueAt = now;
        }
    }

    private boolean fits(List<StreamPiece> pieces) {
        return unsent.isEmpty() || unsent.size() + pieces.size() <= MOST_UNSENT;
    }

    /** Waits until the pieces fit, or no write is in flight that could make room. */
    void awaitRoom(List<StreamPiece> pieces) throws InterruptedException {
        synchronized (lock) {
            waiting++;
            try {
                while (inFlight != null && !finished && !fits(pieces)) {
                    lock.wait();
                }
            } finally {
                waiting--;
            }
        }
    }

    /** Stores the unsent pieces if they are due. If a write is in flight, they are stored with the next call. */
    void send(Consumer<List<StreamPiece>> store) {
        synchronized (lock) {
            if (inFlight == null && isDue) {
                sendAll(store);
            }
        }
    }

    /** Returns the write in flight if pieces wait for it; null if no pieces wait or nothing is in flight. */
    @Nullable
    CompletableFuture<Void> ahead() {
        synchronized (lock) {
            return unsent.isEmpty() ? null : inFlight;
        }
    }

    /** Takes the unsent pieces, for a caller that stores them and reports the result. The list may be empty. */
    List<StreamPiece> take() {
        synchronized (lock) {
            if (fault != null) {
                throw fault;
            }
            return takeAll();
        }
    }

    /** Stores the unsent pieces for the last time, even if a write is in flight. */
    void finish(Consumer<List<StreamPiece>> store) {
        synchronized (lock) {
            finished = true;
            lock.notifyAll();
            sendAll(store);
        }
    }

    private void sendAll(Consumer<List<StreamPiece>> store) {
        List<StreamPiece> batch = takeAll();
        if (!batch.isEmpty()) {
            store.accept(batch);
        }
    }

    private List<StreamPiece> takeAll() {
        if (unsent.isEmpty()) {
            return List.of();
        }
        isDue = false;
        List<StreamPiece> batch = unsent;
        unsent = new ArrayList<>();
        inFlight = inFlight == null ? new CompletableFuture<>() : inFlight;
        return batch;
    }

    /** Records that the pieces in flight are stored. */
    void arrived() {
        synchronized (lock) {
            CompletableFuture<Void> arrival = inFlight;
            inFlight = null;
            lock.notifyAll();
            if (arrival != null) {
                arrival.complete(null);
            }
        }
    }

    /**
     * Records that the pieces in flight were not stored. They are stored with the next call; they are lost if no call follows or a caller
     * waits for room.
     */
    boolean refused(List<StreamPiece> batch, RuntimeException why) {
        synchronized (lock) {
            if (finished || waiting > 0) {
                fail(why);
                return false;
            }
            batch.addAll(unsent);
            unsent = batch;
            arrived();
            return true;
        }
    }

    /** Stops storing. Later emits fail with the given reason. */
    void fail(RuntimeException why) {
        synchronized (lock) {
            fault = why;
            unsent = new ArrayList<>();
            arrived();
        }
    }
}

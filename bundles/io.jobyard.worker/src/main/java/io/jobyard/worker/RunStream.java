// SPDX-License-Identifier: Apache-2.0
package io.jobyard.worker;

import io.jobyard.api.StreamPiece;
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

    private boolean finished;
    private int waiting;
    private @Nullable RuntimeException fault;

    RunStream(Object lock) {
        this.lock = lock;
    }

    /** Adds pieces that belong together. Returns false if they exceed the free space. */
    boolean add(List<StreamPiece> pieces) {
        synchronized (lock) {
            if (fault != null) {
                throw fault;
            }
            return fits(pieces) && unsent.addAll(pieces);
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

    /** Stores the unsent pieces. If a write is in flight, they are stored with the next call. */
    void send(Consumer<List<StreamPiece>> store) {
        synchronized (lock) {
            if (inFlight == null) {
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

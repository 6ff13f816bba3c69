// SPDX-License-Identifier: Apache-2.0
package io.jobyard.worker;

import io.jobyard.api.StreamPiece;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What a run has emitted and the store does not have yet, in order. Guarded by the lock of the run; safe for use by several threads. */
final class RunStream {

    private static final int MOST_UNSENT = 1_000;

    private final Object lock;
    private List<StreamPiece> unsent = new ArrayList<>();
    private boolean inFlight;
    private boolean finished;
    private int waiting;
    private @Nullable RuntimeException fault;

    RunStream(Object lock) {
        this.lock = lock;
    }

    /** Adds pieces that belong together; false if there is no room for them now. */
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

    /** Waits until there is room for them, or nothing on its way that would make some. */
    void awaitRoom(List<StreamPiece> pieces) throws InterruptedException {
        synchronized (lock) {
            waiting++;
            try {
                while (inFlight && !finished && !fits(pieces)) {
                    lock.wait();
                }
            } finally {
                waiting--;
            }
        }
    }

    /** Hands on what is unsent, unless some of it is on its way: then all goes with the next call. */
    void send(Consumer<List<StreamPiece>> store) {
        synchronized (lock) {
            if (!inFlight) {
                sendAll(store);
            }
        }
    }

    /** The same for the last time, whatever is on its way. */
    void finish(Consumer<List<StreamPiece>> store) {
        synchronized (lock) {
            finished = true;
            lock.notifyAll();
            sendAll(store);
        }
    }

    private void sendAll(Consumer<List<StreamPiece>> store) {
        if (!unsent.isEmpty()) {
            List<StreamPiece> batch = unsent;
            unsent = new ArrayList<>();
            inFlight = true;
            store.accept(batch);
        }
    }

    /** What was on its way is stored. */
    void arrived() {
        synchronized (lock) {
            inFlight = false;
            lock.notifyAll();
        }
    }

    /** It was not stored and goes with the next call; it is lost if there is none, or somebody waits for its room. */
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

    /** Nothing more is stored; who emits is told why. */
    void fail(RuntimeException why) {
        synchronized (lock) {
            fault = why;
            unsent = new ArrayList<>();
            arrived();
        }
    }
}

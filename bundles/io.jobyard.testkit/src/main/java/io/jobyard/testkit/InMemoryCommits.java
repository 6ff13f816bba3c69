// SPDX-License-Identifier: Apache-2.0
package io.jobyard.testkit;

import io.jobyard.api.StoreException;
import io.jobyard.spi.cluster.Hosts;
import io.jobyard.spi.feed.CommitListener;
import io.jobyard.spi.feed.Committed;
import io.jobyard.spi.feed.StoreSnapshot;
import io.jobyard.spi.jobs.StoredJob;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Applies changes to the tables one after the other, and notifies the listeners of each. */
final class InMemoryCommits {

    /** A listener with its initial snapshot. */
    private record Listening(CommitListener listener, Supplier<StoreSnapshot> holds, Supplier<Hosts> hosts) {}

    private static final Logger LOG = LoggerFactory.getLogger(InMemoryCommits.class);

    private final InMemoryTables tables;
    private final SerialExecution turns = new SerialExecution();
    private final List<Listening> listeners = new CopyOnWriteArrayList<>();
    private final ReentrantLock turn = new ReentrantLock();
    private volatile boolean closed;

    InMemoryCommits(InMemoryTables tables) {
        this.tables = tables;
    }

    void listen(CommitListener listener, Supplier<StoreSnapshot> holds, Supplier<Hosts> hosts) {
        Listening listening = new Listening(listener, holds, hosts);
        turns.give(() -> {
            guarded(() -> begin(listening));
            listeners.add(listening);
        });
    }

    private void begin(Listening listening) {
        listening.listener().opened(read(listening.holds()));
        listening.listener().hosts(listening.hosts().get());
    }

    <T> T read(Supplier<T> question) {
        synchronized (tables) {
            return question.get();
        }
    }

    CompletableFuture<Void> write(Runnable change) {
        return change(
                () -> {
                    change.run();
                    return List.of();
                },
                done -> null);
    }

    /** Change that the listeners must be notified of. */
    CompletableFuture<Void> write(Runnable change, Consumer<CommitListener> news) {
        return inTurn(
                () -> {
                    change.run();
                    return List.of(news);
                },
                (listener, told) -> told.forEach(one -> one.accept(listener)),
                done -> null);
    }

    <T> CompletableFuture<T> change(Supplier<List<Committed>> change, Function<List<Committed>, @Nullable T> answer) {
        return inTurn(change, CommitListener::committed, answer);
    }

    /** Answers the caller before the listeners are notified, and then calls the last action. */
    CompletableFuture<Void> admit(Supplier<List<Committed>> admission, Runnable last) {
        CompletableFuture<Void> future = new CompletableFuture<>();
        turns.give(() -> {
            List<Committed> done = made(admission, future);
            inOneTurn(() -> {
                future.complete(null);
                tell(CommitListener::committed, done);
            });
            last.run();
        });
        return future;
    }

    CompletableFuture<List<StoredJob>> remove(Supplier<List<StoredJob>> removal) {
        return inTurn(removal, (listener, gone) -> listener.removed(gone, false), gone -> gone);
    }

    private <E, T> CompletableFuture<T> inTurn(
            Supplier<List<E>> change, BiConsumer<CommitListener, List<E>> news, Function<List<E>, @Nullable T> answer) {
        CompletableFuture<T> future = new CompletableFuture<>();
        turns.give(() -> {
            List<E> done = made(change, future);
            inOneTurn(() -> tell(news, done));
            if (!future.isDone()) {
                future.complete(answer.apply(done));
            }
        });
        return future;
    }

    /** Returns the result; empty if the change fails, and then the future has the failure. */
    private <E> List<E> made(Supplier<List<E>> change, CompletableFuture<?> future) {
        try {
            return read(() -> {
                refuseIfClosed();
                return change.get();
            });
        } catch (RuntimeException e) {
            future.completeExceptionally(e);
            return List.of();
        }
    }

    private <E> void tell(BiConsumer<CommitListener, List<E>> news, List<E> done) {
        if (!done.isEmpty()) {
            for (Listening listening : listeners) {
                if (!guarded(() -> news.accept(listening.listener(), done))) {
                    guarded(() -> begin(listening)); // the listener has missed a change
                }
            }
        }
    }

    /** Waits until the listeners have received everything that was confirmed to callers. */
    void awaitListeners() {
        inOneTurn(() -> {});
    }

    private void inOneTurn(Runnable telling) {
        turn.lock();
        try {
            telling.run();
        } finally {
            turn.unlock();
        }
    }

    /** Refuses further changes. */
    void close() {
        synchronized (tables) {
            closed = true;
        }
    }

    private void refuseIfClosed() {
        if (closed) {
            throw new StoreException(
                    "the store is closed: the host has a new incarnation; use the store of that incarnation", null);
        }
    }

    private static boolean guarded(Runnable listening) {
        try {
            listening.run();
            return true;
        } catch (RuntimeException e) {
            LOG.error("A commit listener failed", e);
            return false;
        }
    }
}

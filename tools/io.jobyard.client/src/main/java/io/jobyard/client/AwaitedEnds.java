// SPDX-License-Identifier: Apache-2.0
package io.jobyard.client;

import io.jobyard.client.EventLines.Event;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Awaited ends of jobs. One thread follows one stream of events for all of them, or reads the jobs again and again if the
 * token may not read events. The thread ends about a second after the last await. Each job is read when its await begins,
 * after each connection, and at its end, so that no end is lost while the connection is.
 */
final class AwaitedEnds implements AutoCloseable {

    private static final Duration ROUND = Duration.ofSeconds(1);
    /** Statuses of a host without an event stream, or without one for this caller. */
    private static final Set<Integer> NO_EVENTS = Set.of(403, 404, 405, 501, 503);

    private static final int EXPIRED = 410;

    private final HttpCalls calls;
    private final QueuedReads reads;
    private final Object lock = new Object();
    /** Guarded by the lock. */
    private final Map<String, Set<CompletableFuture<RemoteJob>>> awaited = new HashMap<>();
    /** Guarded by the lock; null while nothing is awaited. */
    private @Nullable Thread follower;

    AwaitedEnds(HttpCalls calls) {
        this.calls = calls;
        reads = new QueuedReads(calls, this::ends);
    }

    /** Returns the job after its end. Cancelling the future ends the await. */
    CompletableFuture<RemoteJob> await(String id) {
        CompletableFuture<RemoteJob> end = new CompletableFuture<>();
        synchronized (lock) {
            awaited.computeIfAbsent(id, key -> new HashSet<>()).add(end);
            if (follower == null) {
                follower = new Thread(this::follow, "jobyard-client-awaits");
                follower.setDaemon(true);
                follower.start();
            }
        }
        end.whenComplete((job, fault) -> forget(id, end));
        reads.add(List.of(id));
        return end;
    }

    private void forget(String id, CompletableFuture<RemoteJob> end) {
        synchronized (lock) {
            awaited.computeIfPresent(id, (key, ends) -> ends.remove(end) && ends.isEmpty() ? null : ends);
        }
    }

    private boolean isAwaited(String id) {
        synchronized (lock) {
            return awaited.containsKey(id);
        }
    }

    private List<String> ids() {
        synchronized (lock) {
            return List.copyOf(awaited.keySet());
        }
    }

    private List<CompletableFuture<RemoteJob>> ends(String id) {
        synchronized (lock) {
            return List.copyOf(awaited.getOrDefault(id, Set.of()));
        }
    }

    /** Returns whether nothing is awaited any more; then the next await starts another thread. */
    private boolean isOver() {
        synchronized (lock) {
            if (awaited.isEmpty()) {
                follower = null;
            }
            return awaited.isEmpty();
        }
    }

    private void follow() {
        try {
            for (int expiries = 0; !byEvents(); expiries++) {
                RetryPause.take(RetryPause.before(expiries, null));
            }
        } catch (JobyardClientException e) {
            if (NO_EVENTS.contains(e.status())) {
                byReading();
            } else {
                failAll(e);
            }
        } catch (RuntimeException e) {
            failAll(e);
        }
    }

    /** Returns true when nothing is awaited, false if the host no longer has the events after the last one. */
    private boolean byEvents() {
        try (EventFollower events = new EventFollower(calls, "/events", null)) {
            while (!isOver()) {
                Event event = events.next(System.nanoTime() + ROUND.toNanos());
                if (event != null && event.name().equals(EventFollower.OPENED)) {
                    reads.add(ids());
                } else if (event != null && RemoteJob.FINAL.contains(JsonFields.text(event.data(), "status"))) {
                    String id = JsonFields.text(event.data(), "id");
                    if (isAwaited(id)) {
                        reads.add(List.of(id));
                    }
                }
            }
            return true;
        } catch (JobyardClientException e) {
            if (e.status() == EXPIRED) {
                return false;
            }
            throw e;
        }
    }

    private void byReading() {
        try {
            while (!isOver()) {
                reads.add(ids());
                TimeUnit.NANOSECONDS.sleep(ROUND.toNanos());
            }
        } catch (InterruptedException e) {
            failAll(HttpCalls.gone());
        }
    }

    private void failAll(Throwable fault) {
        List<CompletableFuture<RemoteJob>> all = new ArrayList<>();
        synchronized (lock) {
            follower = null;
            awaited.values().forEach(all::addAll);
            awaited.clear();
        }
        all.forEach(end -> end.completeExceptionally(fault));
    }

    /** Fails all awaits with code {@code closed}. The calls must be closed before. */
    @Override
    public void close() {
        Thread following;
        synchronized (lock) {
            following = follower;
        }
        failAll(HttpCalls.gone());
        if (following != null) {
            following.interrupt();
        }
    }
}

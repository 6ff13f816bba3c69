// SPDX-License-Identifier: Apache-2.0
package io.jobyard.client;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Changes of all jobs for one listener, on its own thread. */
final class FollowedEvents {

    private final HttpCalls calls;
    private final @Nullable String after;
    private final Predicate<RemoteEvent> listener;
    private final CompletableFuture<Void> end = new CompletableFuture<>();

    FollowedEvents(HttpCalls calls, @Nullable String after, Predicate<RemoteEvent> listener) {
        this.calls = calls;
        this.after = after;
        this.listener = listener;
    }

    CompletableFuture<Void> start() {
        Thread thread = new Thread(this::follow, "jobyard-client-events");
        thread.setDaemon(true);
        thread.start();
        end.whenComplete((none, fault) -> {
            if (end.isCancelled()) {
                thread.interrupt();
            }
        });
        return end;
    }

    private void follow() {
        try (EventFollower follower = new EventFollower(calls, "/events", after)) {
            boolean more = true;
            while (more && !end.isDone()) {
                EventLines.Event event = follower.next(System.nanoTime() + TimeUnit.HOURS.toNanos(1));
                more = event == null || event.id() == null || listener.test(new RemoteEvent(event.id(), event.data()));
            }
            end.complete(null);
        } catch (RuntimeException | Error e) { // else the future would never complete
            end.completeExceptionally(e);
        }
    }
}

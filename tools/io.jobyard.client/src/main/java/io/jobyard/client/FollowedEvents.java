// SPDX-License-Identifier: Apache-2.0
package io.jobyard.client;

import com.fasterxml.jackson.databind.JsonNode;
import io.jobyard.client.EventLines.Event;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Events of one path for one listener, on its own thread. */
final class FollowedEvents {

    private final EventFollower follower;
    private final Predicate<Event> listener;
    private final CompletableFuture<Void> end = new CompletableFuture<>();

    /** @param listener returns whether to continue */
    private FollowedEvents(EventFollower follower, Predicate<Event> listener) {
        this.follower = follower;
        this.listener = listener;
    }

    /** Follows the changes of all jobs. */
    static CompletableFuture<Void> all(HttpCalls calls, @Nullable String after, Predicate<RemoteEvent> listener) {
        Predicate<Event> each = event -> event.id() == null || listener.test(new RemoteEvent(event.id(), event.data()));
        return new FollowedEvents(new EventFollower(calls, "/events", after), each).start();
    }

    /**
     * Follows the output of one job until its end.
     *
     * @param kind name of the events with output
     */
    static <T> CompletableFuture<Void> text(
            HttpCalls calls, String path, String kind, Function<JsonNode, T> read, Predicate<T> listener) {
        Predicate<Event> each = event -> event.name().equals(kind)
                ? listener.test(read.apply(event.data()))
                : !event.name().equals(FollowedText.END);
        return new FollowedEvents(new EventFollower(calls, path, null), each).start();
    }

    private CompletableFuture<Void> start() {
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
        try (follower) {
            boolean more = true;
            while (more && !end.isDone()) {
                Event event = follower.next(System.nanoTime() + TimeUnit.HOURS.toNanos(1));
                more = event == null || listener.test(event);
            }
            end.complete(null);
        } catch (RuntimeException | Error e) { // else the future would never complete
            end.completeExceptionally(e);
        }
    }
}

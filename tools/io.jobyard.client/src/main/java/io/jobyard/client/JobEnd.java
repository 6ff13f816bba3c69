// SPDX-License-Identifier: Apache-2.0
package io.jobyard.client;

import io.jobyard.client.EventLines.Event;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Waits for the end of one job: with the event stream or, without one, with requests that the host answers late. */
final class JobEnd {

    private static final Duration SLICE = Duration.ofSeconds(30);
    /** Statuses of a host without an event stream, or without one for this caller. */
    private static final Set<Integer> NO_EVENTS = Set.of(403, 404, 405, 501, 503);

    private static final int EXPIRED = 410;

    private final HttpCalls calls;
    private final String id;
    private final Duration timeout;
    private final long endNanos;

    JobEnd(HttpCalls calls, String id, Duration timeout) {
        this.calls = calls;
        this.id = id;
        this.timeout = timeout;
        endNanos = System.nanoTime() + timeout.toNanos();
    }

    RemoteJob await() {
        RemoteJob job = now(Duration.ZERO);
        while (!job.isFinished()) {
            try {
                job = byEvents();
            } catch (JobyardClientException e) {
                if (e.status() != EXPIRED && !NO_EVENTS.contains(e.status())) {
                    throw e;
                }
                job = e.status() == EXPIRED ? now(Duration.ZERO) : byWaiting();
            }
        }
        return job;
    }

    private RemoteJob byEvents() {
        try (EventFollower events = new EventFollower(calls, "/events", null)) {
            while (true) {
                Event event = events.next(endNanos);
                if (event == null) {
                    throw notOver(null);
                } else if (event.name().equals(EventFollower.OPENED) || isEnd(event)) {
                    RemoteJob job = now(Duration.ZERO);
                    if (job.isFinished()) {
                        return job;
                    }
                }
            }
        }
    }

    private boolean isEnd(Event event) {
        return JsonFields.text(event.data(), "id").equals(id)
                && RemoteJob.FINAL.contains(JsonFields.text(event.data(), "status"));
    }

    private RemoteJob byWaiting() {
        while (true) {
            Duration left = Duration.ofNanos(endNanos - System.nanoTime());
            if (left.isNegative() || left.isZero()) {
                throw notOver(null);
            }
            RemoteJob job = now(left.compareTo(SLICE) < 0 ? left : SLICE);
            if (job.isFinished()) {
                return job;
            }
        }
    }

    private RemoteJob now(Duration wait) {
        String query = wait.isZero() ? "" : "?wait=" + Math.max(1, wait.toMillis()) + "ms";
        return new RemoteJob(calls.send(HttpCall.get("/api/v1/jobs/" + id + query, wait)));
    }

    private JobyardClientException notOver(@Nullable Throwable cause) {
        return JobyardClientException.own(
                "not_over",
                "job " + id + " has not ended within " + timeout.toSeconds() + " s; it goes on, await it again",
                cause);
    }
}

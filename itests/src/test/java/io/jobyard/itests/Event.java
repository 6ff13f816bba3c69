// SPDX-License-Identifier: Apache-2.0
package io.jobyard.itests;

import io.jobyard.api.HistoryEvent;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/**
 * One line of a job's history, and what it means.
 *
 * @param version the job's version after it
 * @param life the number of the life of a host that runs or ran the job; null if there is none
 * @param handler the number of the handler of a start; null if there is none
 */
record Event(
        int version,
        Instant at,
        String who,
        String from,
        String to,
        String reason,
        Integer life,
        Integer handler,
        int run,
        int attempt) {

    static final Set<String> FINAL = Set.of("completed", "failed", "cancelled");

    boolean isStart() {
        return from.equals("queued") && to.equals("running");
    }

    /** Of a run, in whatever way. */
    boolean isEnd() {
        return from.equals("running") && !to.equals("running");
    }

    boolean isFinished() {
        return FINAL.contains(to);
    }

    boolean isCompletion() {
        return to.equals("completed");
    }

    boolean isLoss() {
        return reason.equals("host lost");
    }

    /** By an operator: another life. */
    boolean isRetry() {
        return from.matches("failed|cancelled") && to.matches("queued|waiting") && !who.equals(HistoryEvent.HOST);
    }

    /** By somebody, of a job that had not started: it stays in the state that it came into before. */
    boolean isChange() {
        return from.matches("waiting|queued") && to.equals(from) && !who.equals(HistoryEvent.HOST);
    }

    /** In the latest life. */
    static long losses(List<Event> events) {
        long losses = 0;
        for (Event event : events) {
            losses = event.isRetry() ? 0 : losses + (event.isLoss() ? 1 : 0);
        }
        return losses;
    }
}

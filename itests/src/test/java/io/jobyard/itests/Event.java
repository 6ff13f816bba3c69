// SPDX-License-Identifier: Apache-2.0
package io.jobyard.itests;

import io.jobyard.api.HistoryEvent;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/** One row of a job's history, and what it means. */
record Event(
        int seq, Instant at, String who, String from, String to, String reason, String host, int run, int attempt) {

    static final Set<String> FINAL = Set.of("completed", "failed", "cancelled");

    static Event of(Row row) {
        return new Event(
                row.number("seq"),
                row.instant("happened_at"),
                row.text("who"),
                row.text("from_status"),
                row.text("to_status"),
                row.text("reason"),
                row.text("host"),
                row.number("run"),
                row.number("attempt"));
    }

    boolean isStart() {
        return from.equals("queued") && to.equals("running");
    }

    /** Of a run, in whatever way. */
    boolean isEnd() {
        return from.equals("running") && !to.equals("running");
    }

    boolean isFinal() {
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

// SPDX-License-Identifier: Apache-2.0
package io.jobyard.itests;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Kills a host, starts it again, and measures when it has requeued its lost runs. */
final class KillTimes {

    private static final class Restart {
        final Instant at = Instant.now();
        int running;
        long takesJobs;
        int begun;
        long begunAfter;
        int lost;
        Instant lastLoss = at;

        long millis() {
            return Duration.between(at, Instant.now()).toMillis();
        }

        @Override
        public String toString() {
            return "start after a kill with %d runs: took jobs after %d ms; %d runs requeued, the last after %d ms; %d calls begun again after %d ms"
                    .formatted(
                            running,
                            takesJobs,
                            lost,
                            Duration.between(at, lastLoss).toMillis(),
                            begun,
                            begunAfter);
        }
    }

    private final HostProcess host;
    private final List<Restart> starts = new ArrayList<>();
    private long emptyMillis;
    private int running;

    KillTimes(HostProcess host) {
        this.host = host;
    }

    /** Starts it twice, because the first start also creates the store. */
    void startEmpty() throws Exception {
        ModelHost.start(host);
        host.kill();
        Restart empty = new Restart();
        ModelHost.start(host);
        emptyMillis = empty.millis();
    }

    void kill() throws Exception {
        running = host.json("job:stats").at("/byStatus/running").asInt();
        host.kill();
        host.awaitEnd();
    }

    void startAgain() throws Exception {
        Restart start = new Restart();
        start.running = running;
        ModelHost.start(host);
        start.takesJobs = start.millis();
        starts.add(start);
    }

    /** Notes that so many calls have begun since the start. */
    void begunAgain(int calls) {
        Restart start = starts.get(starts.size() - 1);
        start.begun = calls;
        start.begunAfter = start.millis();
    }

    static boolean isLoss(JsonNode event) {
        return event.get("reason").asText().equals("host lost");
    }

    /** Notes when a job was requeued. */
    void note(JsonNode history) {
        for (JsonNode event : history.get("events")) {
            if (isLoss(event)) {
                Instant at = Instant.parse(event.get("at").asText());
                Restart start = starts.stream()
                        .filter(each -> !each.at.isAfter(at))
                        .reduce((earlier, later) -> later)
                        .orElseThrow();
                start.lost++;
                start.lastLoss = at.isAfter(start.lastLoss) ? at : start.lastLoss;
            }
        }
    }

    String summary() {
        return starts.stream()
                .map(Restart::toString)
                .collect(Collectors.joining("\n", "start with an empty store: " + emptyMillis + " ms\n", ""));
    }
}

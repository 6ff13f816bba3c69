// SPDX-License-Identifier: Apache-2.0
package io.jobyard.itests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Whether what the store tells of all jobs is consistent. */
final class Story {

    private static final Set<String> FINAL = Set.of("completed", "failed", "cancelled");

    private static final int FREE_LOSSES = 2;

    private final Map<String, JsonNode> jobs = new HashMap<>();
    private final Map<String, List<JsonNode>> histories = new HashMap<>();
    private int starts;

    private Story() {}

    /** Of every job the host has. */
    static Story of(HostProcess host) throws Exception {
        List<String> ids = host.json("job:list --limit 10000").findValuesAsText("id");
        List<String> commands = new ArrayList<>();
        ids.forEach(id -> commands.addAll(List.of("job:show " + id, "job:history " + id)));
        List<JsonNode> answers = host.json(commands);
        Story story = new Story();
        for (int i = 0; i < ids.size(); i++) {
            story.jobs.put(ids.get(i), answers.get(2 * i));
            List<JsonNode> events = new ArrayList<>();
            answers.get(2 * i + 1).get("events").forEach(events::add);
            story.histories.put(ids.get(i), events);
        }
        return story;
    }

    Map<String, JsonNode> jobs() {
        return jobs;
    }

    /** How many runs there were. */
    int starts() {
        return starts;
    }

    /** How many of them were cut off by the end of their host. */
    long losses() {
        return histories.values().stream()
                .flatMap(List::stream)
                .filter(Events::isLoss)
                .count();
    }

    /** What became of each job, from its history. */
    Map<String, List<JsonNode>> histories() {
        return histories;
    }

    void check() {
        jobs.forEach((id, job) -> {
            List<JsonNode> events = histories.get(id);
            hasNoGap(job, events);
            countsItsRuns(job, events);
            waitedForItsDependencies(job, events);
            isChargedForLossesItHadAlone(job, events);
        });
        suspectsRanOneAtATime();
    }

    private static void hasNoGap(JsonNode job, List<JsonNode> events) {
        String before = null;
        Instant at = Instant.EPOCH;
        for (JsonNode event : events) {
            assertThat(event.get("from").textValue()).as(told(job, events)).isEqualTo(before);
            if (FINAL.contains(String.valueOf(before))) {
                assertThat(Events.isRetry(event)).as(told(job, events)).isTrue();
            }
            Instant next = Instant.parse(event.get("at").asText());
            assertThat(next).as(told(job, events)).isAfterOrEqualTo(at);
            at = next;
            before = event.get("to").asText();
        }
        assertThat(FINAL).as(told(job, events)).contains(String.valueOf(before));
        assertThat(job.get("status").asText()).as(told(job, events)).isEqualTo(before);
    }

    /** Each start has the next number, and each number one outcome. */
    private void countsItsRuns(JsonNode job, List<JsonNode> events) {
        int run = 0;
        boolean running = false;
        for (JsonNode event : events) {
            boolean runs = event.get("to").asText().equals("running");
            if (runs && !running) {
                run++;
                starts++;
            }
            running = runs;
            assertThat(event.get("run").asInt()).as(told(job, events)).isEqualTo(run);
            assertThat(event.get("attempt").asInt())
                    .as(told(job, events))
                    .isBetween(0, Math.min(run, job.get("maxRetries").asInt() + 1));
        }
        assertThat(job.get("run").asInt()).as(told(job, events)).isEqualTo(run);
    }

    /** An operator's retry waits for nothing: it is about what came before that the dependencies must account for. */
    private void waitedForItsDependencies(JsonNode job, List<JsonNode> events) {
        List<JsonNode> first =
                events.stream().takeWhile(event -> !Events.isRetry(event)).toList();
        boolean allCompleted = true; // in each of their lives
        boolean oneDidNot = false; // in any
        for (JsonNode dependency : job.get("dependencies")) {
            List<JsonNode> ends = histories.get(dependency.asText()).stream()
                    .filter(event -> FINAL.contains(event.get("to").asText()))
                    .toList();
            allCompleted &= ends.stream().allMatch(Events::isCompletion);
            oneDidNot |= ends.stream().noneMatch(Events::isCompletion);
            Instant end = Instant.parse(ends.get(0).get("at").asText());
            assertThat(first)
                    .as(told(job, events) + " after " + dependency)
                    .filteredOn(event -> event.get("to").asText().matches("queued|running"))
                    .allSatisfy(event ->
                            assertThat(Instant.parse(event.get("at").asText())).isAfterOrEqualTo(end));
        }
        JsonNode last = first.get(first.size() - 1);
        boolean blamed = last.get("reason").asText().equals("dependency");
        assertThat(blamed && allCompleted).as(told(job, events)).isFalse();
        if (oneDidNot && !job.get("ifDependencyFails").asText().equals("run")) {
            assertThat(last.get("run").asInt()).as(told(job, events)).isZero();
        }
    }

    private static void isChargedForLossesItHadAlone(JsonNode job, List<JsonNode> events) {
        if (job.get("reason").asText().equals("crash")) {
            assertThat(events)
                    .as(told(job, events))
                    .filteredOn(Events::isLoss)
                    .hasSizeGreaterThanOrEqualTo(FREE_LOSSES);
        }
    }

    /** Jobs that lost their host too often have no other such job beside them; a next host first takes them back. */
    private void suspectsRanOneAtATime() {
        List<SuspectRun> runs = new ArrayList<>();
        histories.values().forEach(events -> runs.addAll(SuspectRun.of(events)));
        runs.sort(Comparator.comparing(SuspectRun::start));
        for (int i = 1; i < runs.size(); i++) {
            SuspectRun before = runs.get(i - 1);
            SuspectRun next = runs.get(i);
            assertThat(next.start()).as(before + " and " + next).isAfterOrEqualTo(before.end());
        }
    }

    private record SuspectRun(Instant start, Instant end) {

        static List<SuspectRun> of(List<JsonNode> events) {
            List<SuspectRun> runs = new ArrayList<>();
            for (int i = 1; i < events.size(); i++) {
                JsonNode start = events.get(i);
                if (Events.isStart(start) && Events.losses(events.subList(0, i)) >= FREE_LOSSES) {
                    JsonNode end = events.subList(i + 1, events.size()).stream()
                            .filter(event -> !event.get("to").asText().equals("running"))
                            .findFirst()
                            .orElseThrow();
                    runs.add(new SuspectRun(
                            Instant.parse(start.get("at").asText()),
                            Instant.parse(end.get("at").asText())));
                }
            }
            return runs;
        }
    }

    private static String told(JsonNode job, List<JsonNode> events) {
        StringBuilder told = new StringBuilder(job.toString());
        events.forEach(event -> told.append('\n').append(event));
        return told.toString();
    }
}

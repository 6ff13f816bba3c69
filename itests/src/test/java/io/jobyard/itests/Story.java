// SPDX-License-Identifier: Apache-2.0
package io.jobyard.itests;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Whether each job's history is whole and lawful, and leads to the state that the job is in. */
final class Story {

    private static final int FREE_LOSSES = 2;

    /** The clocks of two hosts, as each measures that of their database. */
    private static final Duration APART = Duration.ofMillis(100);

    private final Database database;
    private final Map<String, Row> jobs = new LinkedHashMap<>();
    private final Map<String, List<Event>> histories = new HashMap<>();

    /** Of every job of a store. */
    Story(Database database) {
        this.database = database;
        database.rows("job").forEach(job -> jobs.put(job.text("id"), job));
        Map<String, List<Row>> pages =
                database.rows("trail_page").stream().collect(Collectors.groupingBy(page -> page.text("job_id")));
        assertThat(jobs.keySet()).containsAll(pages.keySet());
        jobs.forEach((id, job) -> histories.put(id, new Trail(job, pages.getOrDefault(id, List.of())).events()));
    }

    Map<String, Row> jobs() {
        return jobs;
    }

    /** What became of each job. */
    Map<String, List<Event>> histories() {
        return histories;
    }

    /** What a job was told to wait for. */
    List<String> dependencies(Row job) {
        String all = database.text(job, "dependencies");
        return all.isEmpty() ? List.of() : List.of(all.split(","));
    }

    /** How many runs there were. */
    long starts() {
        return count(Event::isStart);
    }

    /** How many of them were cut off by the end of their host. */
    long losses() {
        return count(Event::isLoss);
    }

    private long count(Predicate<Event> what) {
        return histories.values().stream().flatMap(List::stream).filter(what).count();
    }

    /** Holds at every moment, also right after a kill. */
    void check() {
        check(Duration.ZERO);
    }

    /** The clocks of hosts may be so much apart. */
    void check(Duration apart) {
        jobs.forEach((id, job) -> {
            List<Event> events = histories.get(id);
            hasNoGap(job, events, apart);
            leadsToItsState(job, events);
            countsItsRuns(job, events);
            isReleasedOnce(job, events);
            waitedForItsDependencies(job, events, apart);
            isChargedForLossesItHadAlone(job, events);
        });
        suspectsRanOneAtATime();
    }

    private void hasNoGap(Row job, List<Event> events, Duration apart) {
        String before = "";
        Instant at = Instant.EPOCH;
        int version = 0;
        for (Event event : events) {
            assertThat(event.from()).as(() -> told(job, events)).isEqualTo(before);
            if (Event.FINAL.contains(before)) {
                assertThat(event.isRetry()).as(() -> told(job, events)).isTrue();
            }
            assertThat(event.at()).as(() -> told(job, events)).isAfterOrEqualTo(at.minus(apart));
            assertThat(event.version()).as(() -> told(job, events)).isGreaterThan(version);
            at = event.at();
            before = event.to();
            version = event.version();
        }
        assertThat(events.get(0).version()).as(() -> told(job, events)).isEqualTo(1);
        // Only a dependency that is counted off changes the job without a line, and each only once in each life.
        int lives = 1 + (int) events.stream().filter(Event::isRetry).count();
        assertThat(job.number("version") - events.size())
                .as(() -> told(job, events))
                .isBetween(0, lives * dependencies(job).size());
    }

    private static void leadsToItsState(Row job, List<Event> events) {
        Event last = events.get(events.size() - 1);
        Instant since = events.stream()
                .filter(event -> !event.isChange())
                .reduce((before, after) -> after)
                .orElseThrow()
                .at();
        assertThat(List.of(
                        job.text("status"),
                        job.text("reason"),
                        job.number("run"),
                        job.number("attempt"),
                        job.instant("changed_at")))
                .as(() -> told(job, events))
                .containsExactly(last.to(), last.reason(), last.run(), last.attempt(), since);
        assertThat(last.version()).as(() -> told(job, events)).isLessThanOrEqualTo(job.number("version"));
    }

    /** Each start has the next number, and each number at most one outcome. */
    private static void countsItsRuns(Row job, List<Event> events) {
        int run = 0;
        int outcomes = 0;
        int most = job.number("max_retries") + (StormCanary.mayHaveOneMore(job) ? 2 : 1);
        for (Event event : events) {
            run += event.isStart() ? 1 : 0;
            outcomes += event.isEnd() ? 1 : 0;
            assertThat(event.run()).as(() -> told(job, events)).isEqualTo(run);
            assertThat(outcomes)
                    .as(() -> told(job, events))
                    .isEqualTo(event.to().equals("running") ? run - 1 : run);
            assertThat(event.attempt()).as(() -> told(job, events)).isBetween(0, Math.min(run, most));
        }
    }

    private static void isReleasedOnce(Row job, List<Event> events) {
        int releases = 0;
        for (int i = 1; i < events.size(); i++) {
            releases = events.get(i).isRetry() ? 0 : releases;
            releases += events.get(i - 1).reason().equals("dependencies") ? 1 : 0;
            assertThat(releases).as(() -> told(job, events)).isLessThanOrEqualTo(1);
        }
    }

    /** In each of its lives; one that was removed meanwhile holds nobody. */
    private void waitedForItsDependencies(Row job, List<Event> events, Duration apart) {
        List<Event> first = events.stream().takeWhile(event -> !event.isRetry()).toList();
        List<Event> starts = events.stream()
                .filter(event -> event.to().matches("queued|running"))
                .toList();
        boolean runsAnyway = job.text("if_dependency_fails").equals("run");
        boolean started = !starts.isEmpty();
        boolean allCompleted = true; // in each of their lives
        boolean oneDidNot = false; // in any
        for (String dependency : dependencies(job)) {
            if (!jobs.containsKey(dependency)) {
                continue; // gone long after: Acknowledged knows what may be gone
            }
            List<Event> ends =
                    histories.get(dependency).stream().filter(Event::isFinished).toList();
            allCompleted &= !ends.isEmpty() && ends.stream().allMatch(Event::isCompletion);
            oneDidNot |= ends.stream().noneMatch(Event::isCompletion);
            if (started) {
                assertThat(ends)
                        .as(() -> told(job, events) + " after " + dependency)
                        .isNotEmpty();
                Instant end = ends.stream()
                        .filter(event -> runsAnyway || event.isCompletion())
                        .map(Event::at)
                        .findFirst()
                        .map(at -> at.minus(apart))
                        .orElse(Instant.MAX);
                assertThat(starts)
                        .as(() -> told(job, events) + " after " + dependency)
                        .allSatisfy(event -> assertThat(event.at()).isAfterOrEqualTo(end));
            }
        }
        boolean blamed = first.get(first.size() - 1).reason().equals("dependency");
        assertThat(blamed && allCompleted).as(() -> told(job, events)).isFalse();
        if (oneDidNot && !runsAnyway) {
            assertThat(started).as(() -> told(job, events)).isFalse();
        }
    }

    private static void isChargedForLossesItHadAlone(Row job, List<Event> events) {
        if (job.text("reason").equals("crash")) {
            assertThat(Event.losses(events)).as(() -> told(job, events)).isGreaterThanOrEqualTo(FREE_LOSSES);
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
            assertThat(next.start()).as(() -> before + " and " + next).isAfterOrEqualTo(before.end());
        }
    }

    private record SuspectRun(Instant start, Instant end) {

        static List<SuspectRun> of(List<Event> events) {
            List<SuspectRun> runs = new ArrayList<>();
            long losses = 0;
            for (int i = 0; i < events.size(); i++) {
                Event event = events.get(i);
                losses = event.isRetry() ? 0 : losses + (event.isLoss() ? 1 : 0);
                if (event.isStart() && losses >= FREE_LOSSES) {
                    Instant end = events.subList(i + 1, events.size()).stream()
                            .filter(Event::isEnd)
                            .map(Event::at)
                            .findFirst()
                            .orElse(Instant.MAX);
                    runs.add(new SuspectRun(event.at(), end));
                }
            }
            return runs;
        }
    }

    private static String told(Row job, List<Event> events) {
        StringBuilder told = new StringBuilder(job.toString());
        events.forEach(event -> told.append('\n').append(event));
        return told.toString();
    }
}

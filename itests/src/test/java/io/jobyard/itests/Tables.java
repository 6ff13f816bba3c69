// SPDX-License-Identifier: Apache-2.0
package io.jobyard.itests;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Whether the tables agree with each other, so that every job that is not over is found by whoever moves it on. */
final class Tables {

    private static final String[] LANE = {"queue", "priority", "submitter", "type", "handler_version", "limits"};

    private final Database database;
    private final Map<String, Row> jobs = new HashMap<>();

    Tables(Database database) {
        this.database = database;
        database.rows("job").forEach(job -> jobs.put(job.text("id"), job));
    }

    /** Holds at every moment, also right after a kill. */
    void check() {
        queuedJobsAreReadyInTheirLane();
        timersAreThoseOfTheJobs();
        firesAreThoseOfTheJobs();
        keysAreThoseOfTheLive();
        edgesAreThoseThatJobsWaitFor();
        whoWaitsIsWaitingForSomething();
        whoIsBlamedIsADependency();
        textsAreThere();
        logsHaveNoGap();
        streamsHaveNoGap();
        whatIsKeptIsOfAJob();
    }

    /** Holds when every job is over. */
    void checkNothingIsLeft() {
        checkNothingOfJobsIsLeft();
        assertThat(database.rows("running")).isEmpty();
    }

    /** The same where a leader writes down later than others end what runs. */
    void checkNothingOfJobsIsLeft() {
        assertThat(database.rows("edge")).isEmpty();
        assertThat(database.rows("ready")).isEmpty();
        assertThat(database.rows("release_marker")).isEmpty();
        assertThat(database.rows("timer")).isEmpty();
        assertThat(database.rows("live_key")).isEmpty();
    }

    private void queuedJobsAreReadyInTheirLane() {
        Map<Integer, Row> lanes =
                database.rows("lane").stream().collect(Collectors.toMap(lane -> lane.number("id"), lane -> lane));
        assertThat(parts("ready", any -> true, "ready_at", "id"))
                .isEqualTo(parts("job", job -> job.text("status").equals("queued"), "ready_at", "id"))
                .hasSameSizeAs(database.rows("ready"));
        for (Row position : database.rows("ready")) {
            Row job = jobs.get(position.text("id"));
            Row lane = lanes.get(position.number("lane"));
            assertThat(lane).as(position::toString).isNotNull();
            assertThat(lane.part(LANE)).as(job::toString).isEqualTo(job.part(LANE));
            assertThat(lane.truth("suspect")).as(job::toString).isEqualTo(job.number("losses") >= 2);
            assertThat(lane.truth("estimated")).as(job::toString).isEqualTo(job.has("estimates"));
        }
    }

    private void timersAreThoseOfTheJobs() {
        assertThat(parts("timer", any -> true, "due_at", "job_id"))
                .isEqualTo(parts("job", job -> job.has("due_at"), "due_at", "id"));
    }

    private void firesAreThoseOfTheJobs() {
        assertThat(parts("schedule_fire", any -> true, "schedule", "fire_at", "job_id"))
                .isEqualTo(parts("job", job -> job.has("schedule"), "schedule", "fire_at", "id"));
    }

    private void keysAreThoseOfTheLive() {
        Predicate<Row> live = job -> job.has("job_key") && !isFinished(job);
        assertThat(parts("live_key", any -> true, "submitter", "job_key", "job_id"))
                .isEqualTo(parts("job", live, "submitter", "job_key", "id"));
        List<Row> holders = jobs.values().stream().filter(live).toList();
        assertThat(parts("job", live, "submitter", "job_key")).hasSameSizeAs(holders);
    }

    private void edgesAreThoseThatJobsWaitFor() {
        Map<String, Integer> pending = new HashMap<>();
        Set<String> marked = all("release_marker", "parent");
        for (Row edge : database.rows("edge")) {
            pending.merge(edge.text("child"), 1, Integer::sum);
            Row parent = jobs.get(edge.text("parent"));
            assertThat(parent).as(edge::toString).isNotNull();
            assertThat(isFinished(parent) && !marked.contains(edge.text("parent")))
                    .as(() -> "nobody releases " + edge)
                    .isFalse();
        }
        assertThat(jobs.keySet()).containsAll(pending.keySet());
        jobs.forEach((id, job) ->
                assertThat(job.number("pending")).as(job::toString).isEqualTo(pending.getOrDefault(id, 0)));
        assertThat(marked)
                .allSatisfy(parent -> assertThat(isFinished(jobs.get(parent))).isTrue());
    }

    /** For an edge, or for a time that comes. */
    private void whoWaitsIsWaitingForSomething() {
        for (Row job : jobs.values()) {
            if (job.text("status").equals("waiting")) {
                boolean dependent = List.of("dependencies", "children").contains(job.text("reason"));
                assertThat(dependent ? job.number("pending") > 0 : job.has("due_at"))
                        .as(job::toString)
                        .isTrue();
            }
        }
    }

    /** By a job that ended so, and has had no other life since. */
    private void whoIsBlamedIsADependency() {
        Set<String> blaming = all("blame", "child");
        for (Row blame : database.rows("blame")) {
            Row child = jobs.get(blame.text("child"));
            assertThat(child).as(blame::toString).isNotNull();
            assertThat(database.text(child, "dependencies")).as(blame::toString).contains(blame.text("parent"));
        }
        jobs.forEach((id, job) -> assertThat(blaming.contains(id))
                .as(job::toString)
                .isEqualTo(job.text("reason").equals("dependency")));
    }

    private void textsAreThere() {
        for (Row job : jobs.values()) {
            assertThat(database.text(job, "payload")).as(job::toString).isNotEmpty();
            assertThat(database.text(job, "result").isEmpty())
                    .as(job::toString)
                    .isNotEqualTo(job.text("status").equals("completed"));
        }
        assertThat(jobs.keySet()).containsAll(all("job_text", "job_id"));
    }

    private void logsHaveNoGap() {
        Row before = null;
        for (Row line : database.rows("job_log")) {
            Row job = jobs.get(line.text("job_id"));
            assertThat(job).as(line::toString).isNotNull();
            assertThat(line.number("run")).as(line::toString).isLessThanOrEqualTo(job.number("run"));
            boolean first = before == null || !before.text("job_id").equals(line.text("job_id"));
            if (!first) {
                assertThat(line.number("line")).as(line::toString).isEqualTo(before.number("line") + 1);
                assertThat(line.number("run")).as(line::toString).isGreaterThanOrEqualTo(before.number("run"));
            }
            before = line;
        }
    }

    private void streamsHaveNoGap() {
        Row before = null;
        for (Row piece : database.rows("job_stream")) {
            boolean first = before == null || !before.text("job_id").equals(piece.text("job_id"));
            assertThat(piece.number("number")).as(piece::toString).isEqualTo(first ? 1 : before.number("number") + 1);
            assertThat(piece.number("up_to"))
                    .as(piece::toString)
                    .isEqualTo((first ? 0 : before.number("up_to"))
                            + piece.text("content").length());
            before = piece;
        }
    }

    private void whatIsKeptIsOfAJob() {
        for (String table : List.of("job_step", "step_text", "job_signal", "job_stream")) {
            assertThat(jobs.keySet()).as(table).containsAll(all(table, "job_id"));
        }
        assertThat(jobs.keySet()).containsAll(all("step_child", "child"));
        Set<List<Object>> taken = parts("job_step", step -> step.number("signal") > 0, "job_id", "signal");
        assertThat(parts("job_signal", signal -> signal.truth("taken"), "job_id", "number"))
                .isEqualTo(taken);
    }

    private static boolean isFinished(Row job) {
        return Event.FINAL.contains(job.text("status"));
    }

    private Set<String> all(String table, String column) {
        return database.rows(table).stream().map(row -> row.text(column)).collect(Collectors.toSet());
    }

    private Set<List<Object>> parts(String table, Predicate<Row> which, String... columns) {
        Set<List<Object>> parts = new HashSet<>();
        database.rows(table).stream().filter(which).forEach(row -> parts.add(row.part(columns)));
        return parts;
    }
}

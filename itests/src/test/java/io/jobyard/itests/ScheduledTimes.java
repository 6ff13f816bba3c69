// SPDX-License-Identifier: Apache-2.0
package io.jobyard.itests;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Whether each time of the {@link StormSchedules} has had the jobs that their policies say, and none twice. */
final class ScheduledTimes {

    /**
     * A job for a time.
     *
     * @param ended the end of time if it has not
     * @param known when the database knew of its end: later, if that was away or out of reach
     */
    private record Fired(Instant at, Instant made, Instant started, Instant ended, Instant known) {

        static Fired of(Row job, List<Event> events) {
            Instant started = first(events.stream().filter(Event::isStart).toList());
            Instant ended = first(events.stream().filter(Event::isFinished).toList());
            Instant known = job.has("committed_at") && !ended.equals(Instant.MAX) ? job.moment("committed_at") : ended;
            return new Fired(job.instant("fire_at"), events.get(0).at(), started, ended, known);
        }

        private static Instant first(List<Event> events) {
            return events.isEmpty() ? Instant.MAX : events.get(0).at();
        }

        /** Whether it had not ended at some moment between the two, as far as anybody could know. */
        boolean isOpen(Instant from, Instant to) {
            return !made.isAfter(to) && !known.isBefore(from);
        }
    }

    private final Database database;
    private final Story story;
    private final Duration apart;

    /** The clocks of hosts may be so much apart. */
    ScheduledTimes(Database database, Story story, Duration apart) {
        this.database = database;
        this.story = story;
        this.apart = apart;
    }

    void check() {
        eachHasAJob(StormSchedules.EACH, StormSchedules.EACH_EVERY);
        eachHasAJob(StormSchedules.QUEUED, StormSchedules.QUEUED_EVERY);
        oneStartsAfterTheOther(fired(StormSchedules.QUEUED));
        noneIsMadeBesideAnother(fired(StormSchedules.ALONE));
        onlyMissedAndSkippedOnesHaveNoJob();
        eachComesAfterAnEnd(fired(StormSchedules.DELAYED));
    }

    /** How many jobs there were. */
    int count() {
        return (int) story.jobs().values().stream()
                .filter(job -> job.has("schedule"))
                .count();
    }

    private List<Fired> fired(String schedule) {
        List<Fired> fired = story.jobs().entrySet().stream()
                .filter(job -> job.getValue().text("schedule").equals(schedule))
                .map(job -> Fired.of(job.getValue(), story.histories().get(job.getKey())))
                .sorted(Comparator.comparing(Fired::at))
                .toList();
        assertThat(fired.stream().map(Fired::at)).as(schedule).doesNotHaveDuplicates();
        return fired;
    }

    /** All times up to that have been seen to; empty if nobody has seen to any. */
    private Optional<Instant> decided(String schedule) {
        return database.rows("schedule").stream()
                .filter(row -> row.text("name").equals(schedule))
                .map(row -> row.instant("decided_at"))
                .findFirst();
    }

    private void eachHasAJob(String schedule, Duration every) {
        List<Instant> times = fired(schedule).stream().map(Fired::at).toList();
        if (times.isEmpty()) {
            return;
        }
        Instant decided = decided(schedule).orElseThrow();
        List<Instant> expected = new ArrayList<>();
        for (Instant time = times.get(0); !time.isAfter(decided); time = time.plus(every)) {
            expected.add(time);
        }
        assertThat(times).as(schedule).isEqualTo(expected);
    }

    private void oneStartsAfterTheOther(List<Fired> fired) {
        for (int n = 1; n < fired.size(); n++) {
            assertThat(fired.get(n).started())
                    .as(fired.get(n - 1) + " and " + fired.get(n))
                    .isAfterOrEqualTo(
                            fired.get(n - 1).ended().equals(Instant.MAX)
                                    ? Instant.MAX
                                    : fired.get(n - 1).ended().minus(apart));
        }
    }

    private void noneIsMadeBesideAnother(List<Fired> fired) {
        for (int n = 1; n < fired.size(); n++) {
            assertThat(fired.get(n - 1).ended())
                    .as(fired.get(n - 1) + " and " + fired.get(n))
                    .isBeforeOrEqualTo(fired.get(n).made().plus(apart));
        }
    }

    private void onlyMissedAndSkippedOnesHaveNoJob() {
        List<Fired> fired = fired(StormSchedules.ALONE);
        for (int n = 1; n < fired.size(); n++) {
            Fired next = fired.get(n);
            for (Instant time = nextTime(fired.get(n - 1).at()); time.isBefore(next.at()); time = nextTime(time)) {
                Instant missed = time.plus(StormSchedules.ALONE_GRACE);
                List<Fired> earlier = fired.subList(0, n);
                Instant from = time.minus(apart);
                assertThat(next.made().isAfter(missed)
                                || earlier.stream().anyMatch(job -> job.isOpen(from, missed.plus(apart))))
                        .as("no job for " + time + " between " + earlier.get(n - 1) + " and " + next)
                        .isTrue();
            }
            assertThat(next.at().getEpochSecond() % StormSchedules.ALONE_SECONDS)
                    .as(next::toString)
                    .isZero();
            assertThat(next.at().getNano()).as(next::toString).isZero();
        }
    }

    /** No zone is off UTC by part of a minute. */
    private static Instant nextTime(Instant time) {
        return time.plusSeconds(StormSchedules.ALONE_SECONDS);
    }

    private void eachComesAfterAnEnd(List<Fired> fired) {
        for (int n = 1; n < fired.size(); n++) {
            assertThat(fired.get(n).at())
                    .as(fired.get(n - 1) + " and " + fired.get(n))
                    .isEqualTo(fired.get(n - 1).ended().plus(StormSchedules.DELAY));
        }
    }
}

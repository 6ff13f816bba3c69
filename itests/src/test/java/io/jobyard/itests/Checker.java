// SPDX-License-Identifier: Apache-2.0
package io.jobyard.itests;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Compares the three logs of an instance whose host is down: what its client was answered ({@link Acknowledged}), what its
 * handlers did ({@link Notes}), and what the database holds ({@link Database}).
 */
final class Checker {

    static final String NARROW = "narrow";
    static final int NARROW_RUNNING_MAX = 2;

    static final String PACED = "paced";
    static final int PACED_PER_SECOND = 3;
    static final int PACED_BURST = 2;
    /** Of each job, which has a submitter with a budget. */
    static final int PACED_TOKENS = 2;

    static final int PACED_BUDGET = 24;
    static final Duration PACED_PERIOD = Duration.ofSeconds(10);

    /** The clocks of a host and of its database, as a host measures them on a busy machine. */
    private static final Duration APART = Duration.ofMillis(50);

    private final Acknowledged acknowledged;
    private final Notes notes;
    private final Database database;
    private final Story story;
    private int endJobs;
    private int ofTenants;

    private Checker(Path instance, Database database) throws Exception {
        acknowledged = Acknowledged.in(acknowledged(instance));
        notes = Notes.of(notes(instance));
        this.database = database;
        story = new Story(database);
    }

    static Path acknowledged(Path instance) {
        return instance.resolve("acknowledged.txt");
    }

    static Path notes(Path instance) {
        return instance.resolve("notes.txt");
    }

    /** What the histories and the audit are sealed by. */
    static Path key(Path instance) {
        return instance.resolve("data/audit.key");
    }

    /** What holds at every moment, also right after a kill. */
    static Checker check(Path instance) throws Exception {
        Checker checker = new Checker(instance, Database.read(Database.own(instance.resolve("data"))));
        new Tables(checker.database).check();
        checker.story.check();
        new HostIncarnations(checker.database, checker.story).check();
        new Feed(checker.database, checker.story).check();
        new Seals(checker.database, key(instance)).check();
        new AuditStory(checker.database).check(checker.story);
        checker.acknowledged.check(checker.story);
        checker.times(Duration.ZERO).check();
        checker.notes.check(checker.story, checker.database, Duration.ZERO);
        checker.notes.checkRunningAtOnce(NARROW, NARROW_RUNNING_MAX);
        checker.checkRules(Duration.ZERO);
        return checker;
    }

    /** That, and what holds when every job is over. */
    static Checker checkEnds(Path instance) throws Exception {
        Checker checker = check(instance);
        new Tables(checker.database).checkNothingIsLeft();
        checker.acknowledged.checkEnds(checker.story);
        return checker;
    }

    /** What holds at every moment where several hosts share a database, also while they work; the instance has what their clients were answered. */
    static Checker checkShared(Path instance, Database database) throws Exception {
        Checker checker = new Checker(instance, database);
        new Tables(database).check();
        checker.story.check(APART);
        new Feed(database, checker.story).checkShared();
        new Seals(database, key(instance)).check();
        new AuditStory(database).check(checker.story);
        checker.acknowledged.check(checker.story);
        checker.times(APART).check();
        checker.checkRules(APART);
        LimitsKept.of(NARROW, checker.story).checkRunningAtOnce(NARROW_RUNNING_MAX);
        LimitsKept paced = LimitsKept.of(PACED, checker.story);
        paced.checkRate(PACED_PER_SECOND, PACED_BURST);
        paced.checkBudget(PACED_TOKENS, PACED_BUDGET, PACED_PERIOD);
        checker.notes.of(PACED).inTime(checker.story, APART).checkRate(PACED_PER_SECOND, PACED_BURST);
        return checker;
    }

    /** That, and what holds when every job is over: also what their handlers wrote there. */
    static Checker checkSharedEnds(Path instance, Database database) throws Exception {
        Checker checker = checkShared(instance, database);
        new Tables(database).checkNothingOfJobsIsLeft();
        checker.notes.check(checker.story, database, APART);
        checker.acknowledged.checkEnds(checker.story);
        return checker;
    }

    /** A copy holds what was answered before it was asked for, and agrees with itself. */
    static void checkBackup(Path instance, Path backup, List<String> answered) throws Exception {
        Database database = Database.read(Database.own(backup));
        new Tables(database).check();
        Story story = new Story(database);
        story.check();
        new HostIncarnations(database, story).check();
        new Feed(database, story).check();
        new Seals(database, key(instance)).check();
        new AuditStory(database).check(story);
        new ScheduledTimes(database, story, Duration.ZERO).check();
        assertThat(story.jobs().keySet()).containsAll(answered);
    }

    private void checkRules(Duration apart) {
        endJobs = StormGroups.check(story, apart);
        ofTenants = StormTenants.check(story);
    }

    private ScheduledTimes times(Duration apart) {
        return new ScheduledTimes(database, story, apart);
    }

    Map<String, Row> jobs() {
        return story.jobs();
    }

    /** For each of these moments, how many milliseconds went by to the next start of a job, in their order. */
    List<Long> startsAfter(List<Instant> moments) {
        List<Instant> starts = story.histories().values().stream()
                .flatMap(List::stream)
                .filter(Event::isStart)
                .map(Event::at)
                .sorted()
                .toList();
        return moments.stream()
                .flatMap(moment -> starts.stream()
                        .filter(start -> start.isAfter(moment))
                        .limit(1)
                        .map(start -> Duration.between(moment, start).toMillis()))
                .sorted()
                .toList();
    }

    /** How many milliseconds after their time jobs were ready that nothing else held: the least, the median, 95 of 100, the most. */
    List<Long> timersLate() {
        List<Long> late = story.jobs().entrySet().stream()
                .filter(job -> job.getValue().has("not_before"))
                .flatMap(job -> story.histories().get(job.getKey()).stream()
                        .filter(event ->
                                event.from().equals("waiting") && event.to().equals("queued"))
                        .limit(1)
                        .map(event -> Duration.between(job.getValue().instant("not_before"), event.at())
                                .toMillis()))
                .sorted()
                .toList();
        return late.isEmpty()
                ? late
                : List.of(
                        late.get(0),
                        late.get(late.size() / 2),
                        late.get(late.size() * 95 / 100),
                        late.get(late.size() - 1));
    }

    String summary() {
        Map<String, Long> ends = story.jobs().values().stream()
                .collect(Collectors.groupingBy(
                        job -> (job.text("status") + " " + job.text("reason")).strip(), Collectors.counting()));
        return acknowledged.jobs().size() + " jobs, " + acknowledged.cancelled().size() + " cancels and "
                + acknowledged.retries() + " retries acknowledged, "
                + story.jobs().size() + " jobs stored, " + times(APART).count() + " of them by schedules, "
                + story.starts() + " runs, " + story.losses() + " of them lost, " + notes.runs()
                + " noted by handlers, " + endJobs + " end jobs of groups run, " + ofTenants + " jobs of tenants, "
                + StormCanary.summary(database, story) + ", "
                + ends;
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.jobyard.schedules;

import static io.jobyard.schedules.EngineFixture.T0;
import static io.jobyard.schedules.EngineFixture.schedule;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.jobyard.api.Job;
import io.jobyard.api.JobId;
import io.jobyard.api.JobSpecification;
import io.jobyard.api.JobStatus;
import io.jobyard.api.MissedPolicy;
import io.jobyard.api.OverlapPolicy;
import io.jobyard.api.QuotaException;
import io.jobyard.api.Reason;
import io.jobyard.api.ScheduleEvent;
import io.jobyard.api.ScheduleEvent.ScheduleOutcome;
import io.jobyard.api.ScheduleSpecification;
import io.jobyard.spi.access.Permission;
import io.jobyard.testkit.store.Moves;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ScheduleEngineTest {

    private final EngineFixture host = new EngineFixture();

    private static Instant minutes(int minutes) {
        return T0.plus(Duration.ofMinutes(minutes));
    }

    private static List<Instant> eachMinute(int from, int to) {
        return IntStream.rangeClosed(from, to)
                .mapToObj(ScheduleEngineTest::minutes)
                .toList();
    }

    private static ScheduleSpecification.Builder each() {
        return schedule("each").cron("* * * * *").overlap(OverlapPolicy.ALLOW);
    }

    private List<ScheduleOutcome> told() {
        return host.events.stream().map(ScheduleEvent::kind).toList();
    }

    @Test
    void eachTimeGetsOneJobOfItsOwner() {
        host.add(each());
        host.pass(Duration.ofMinutes(5));

        assertThat(host.fires("each")).isEqualTo(eachMinute(1, 5));
        Job job = host.made("each").get(0);
        assertThat(job.submitter()).isEqualTo("ann");
        assertThat(job.id()).isEqualTo(host.row("each").fires().lastJob());
        assertThat(told()).containsOnly(ScheduleOutcome.FIRED).hasSize(5);
    }

    @Test
    void aKillAroundATimeNeitherLosesNorDoublesIt() {
        host.add(each());
        for (int minute = 1; minute <= 40; minute++) {
            host.clock.set(minutes(minute).minusMillis(minute % 2));
            host.turn();
            host.restart();
            host.clock.set(minutes(minute).plusMillis(minute % 3));
            host.turn();
            host.restart();
        }
        assertThat(host.fires("each")).isEqualTo(eachMinute(1, 40));
    }

    @Test
    void aClockThatIsSetBackDoublesNothing() {
        host.add(each());
        host.pass(Duration.ofMinutes(10));
        host.jump(Duration.ofHours(-2));
        host.pass(Duration.ofMinutes(125));

        assertThat(host.fires("each")).isEqualTo(eachMinute(1, 15));
    }

    @Test
    void ofMissedTimesTheLatestGetsAJobByDefault() {
        host.add(each());
        host.jump(Duration.ofHours(2).plusSeconds(30)); // the last time is within the grace
        assertThat(host.fires("each")).isEqualTo(eachMinute(120, 120));
        assertThat(told()).containsExactly(ScheduleOutcome.MISSED, ScheduleOutcome.FIRED);
        assertThat(host.events.get(0).times()).isEqualTo(119);

        host.add(schedule("hourly").cron("0 * * * *"));
        host.jump(Duration.ofMinutes(150));
        assertThat(host.fires("hourly")).containsExactly(minutes(240));
        host.turn();
        assertThat(host.fires("hourly")).hasSize(1);
    }

    @Test
    void missedTimesMayBeLeftOutOrMadeUpFor() {
        host.add(schedule("skip").cron("0 * * * *").missed(MissedPolicy.SKIP));
        host.add(schedule("two")
                .cron("0 * * * *")
                .missed(MissedPolicy.of("all:2"))
                .overlap(OverlapPolicy.ALLOW));
        host.add(schedule("all")
                .cron("0 * * * *")
                .missed(MissedPolicy.of("all:9"))
                .overlap(OverlapPolicy.QUEUE));
        host.jump(Duration.ofMinutes(270));

        assertThat(host.fires("skip")).isEmpty();
        assertThat(host.fires("two")).containsExactly(minutes(180), minutes(240));
        assertThat(host.fires("all")).containsExactly(minutes(60), minutes(120), minutes(180), minutes(240));
        host.pass(Duration.ofMinutes(30));
        assertThat(host.fires("skip")).containsExactly(minutes(300));
    }

    @Test
    void aTimeWithinTheGraceIsNotMissed() {
        host.add(schedule("hourly").cron("0 * * * *").missed(MissedPolicy.SKIP).grace(Duration.ofMinutes(10)));
        host.jump(Duration.ofMinutes(69));
        assertThat(host.fires("hourly")).containsExactly(minutes(60));
    }

    @Test
    void whileAnEarlierJobHasNotEndedTimesAreSkipped() {
        host.add(each().overlap(OverlapPolicy.SKIP));
        host.pass(Duration.ofMinutes(3));
        assertThat(host.fires("each")).isEqualTo(eachMinute(1, 1));
        assertThat(host.row("each").fires().overlaps()).isEqualTo(2);
        assertThat(told()).containsExactly(ScheduleOutcome.FIRED, ScheduleOutcome.SKIPPED, ScheduleOutcome.SKIPPED);

        host.complete("each");
        host.pass(Duration.ofMinutes(1));
        assertThat(host.fires("each")).containsExactly(minutes(1), minutes(4));
        assertThat(host.row("each").fires().overlaps()).isZero();
    }

    @Test
    void aQueuedJobWaitsForTheEarlierOnes() {
        host.add(each().overlap(OverlapPolicy.QUEUE));
        host.pass(Duration.ofMinutes(3));

        assertThat(host.fires("each")).isEqualTo(eachMinute(1, 3));
        assertThat(host.made("each"))
                .extracting(Job::status, job -> job.state().reason())
                .containsExactly(
                        tuple(JobStatus.WAITING, Reason.DEPENDENCIES),
                        tuple(JobStatus.WAITING, Reason.DEPENDENCIES),
                        tuple(JobStatus.QUEUED, null));
    }

    @Test
    void theEarlierJobIsCancelledWhereThatIsAsked() {
        host.add(each().overlap(OverlapPolicy.CANCEL));
        host.pass(Duration.ofMinutes(2));
        assertThat(host.made("each")).extracting(Job::status).last().isEqualTo(JobStatus.CANCELLED);
        assertThat(host.fires("each")).isEqualTo(eachMinute(1, 2));
    }

    @Test
    void everyCountsFromTheTimesAndDelayFromTheEnds() {
        host.add(schedule("every").every(Duration.ofMinutes(10)).overlap(OverlapPolicy.ALLOW));
        host.add(schedule("delay").delay(Duration.ofMinutes(10)));
        host.pass(Duration.ofMinutes(35));
        assertThat(host.fires("every")).containsExactly(minutes(10), minutes(20), minutes(30));
        assertThat(host.fires("delay")).containsExactly(minutes(10));

        Job job = host.made("delay").get(0);
        host.complete("delay");
        Instant end = Objects.requireNonNull(
                host.store.job(job.id()).orElseThrow().job().state().completedAt());
        host.restart();
        host.clock.set(end); // jobs of tests end by a time of their own
        host.pass(Duration.ofMinutes(10));
        assertThat(host.fires("delay")).containsExactly(minutes(10), end.plus(Duration.ofMinutes(10)));
    }

    @Test
    void jitterIsTheSameForATimeAndNeverMoreThanAsked() {
        Plan plan = Plan.of(each().jitter(Duration.ofSeconds(30)).build(), EngineFixture.ANN, false);
        List<Duration> late = IntStream.range(0, 200)
                .mapToObj(minute -> Duration.between(minutes(minute), plan.due(minutes(minute))))
                .toList();
        assertThat(late).allMatch(each -> !each.isNegative() && each.compareTo(Duration.ofSeconds(30)) <= 0);
        assertThat(late.stream().distinct().count()).isGreaterThan(150);

        host.add(each().jitter(Duration.ofSeconds(30)));
        host.pass(Duration.ofMinutes(3).plusSeconds(31));
        assertThat(host.fires("each")).isEqualTo(eachMinute(1, 3));
    }

    @Test
    void thereAreNoTimesBeforeTheStartAndFromTheEndOn() {
        host.add(each().start(minutes(3)).end(minutes(6)));
        host.add(
                schedule("every").every(Duration.ofMinutes(2)).start(minutes(3)).overlap(OverlapPolicy.ALLOW));
        host.pass(Duration.ofMinutes(8));
        assertThat(host.fires("each")).isEqualTo(eachMinute(3, 5));
        assertThat(host.fires("every")).containsExactly(minutes(3), minutes(5), minutes(7));
    }

    @Test
    void whatFallsIntoAPauseIsLeftOut() {
        host.add(each());
        host.pass(Duration.ofMinutes(2));
        host.operations.pause("each", "quiet", null);
        host.pass(Duration.ofMinutes(3));
        host.restart();
        host.operations.resume("each");
        host.pass(Duration.ofMinutes(2));
        assertThat(host.fires("each")).containsExactly(minutes(1), minutes(2), minutes(6), minutes(7));

        host.operations.pause("each", null, minutes(10));
        host.pass(Duration.ofMinutes(4));
        assertThat(host.fires("each"))
                .containsExactly(minutes(1), minutes(2), minutes(6), minutes(7), minutes(10), minutes(11));
        assertThat(host.row("each").pause()).isNull();
    }

    @Test
    void theOwnersRolesApplyAtEachTime() {
        host.add(each());
        host.pass(Duration.ofMinutes(1));
        host.access.allow(Permission.VIEW);
        host.pass(Duration.ofMinutes(2));
        assertThat(host.fires("each")).isEqualTo(eachMinute(1, 1));
        assertThat(told()).containsExactly(ScheduleOutcome.FIRED, ScheduleOutcome.REFUSED, ScheduleOutcome.REFUSED);

        host.access.allow(Permission.SUBMIT);
        host.pass(Duration.ofMinutes(1));
        assertThat(host.fires("each")).containsExactly(minutes(1), minutes(4));
    }

    @Test
    void aTimeThatAQuotaRefusesIsToldAndNotTriedAgain() {
        host.add(each());
        host.pass(Duration.ofMinutes(1));
        host.queue.full = new QuotaException("submit.rate of ann");
        host.pass(Duration.ofMinutes(2));
        assertThat(refusal()).isEqualTo("submit.rate of ann");

        host.queue.full = null;
        host.room = 0; // as other hosts see to it
        host.pass(Duration.ofMinutes(2));
        assertThat(refusal()).isEqualTo("queued.max of ann");
        assertThat(host.tries).isEqualTo(3);
        assertThat(told())
                .containsExactly(
                        ScheduleOutcome.FIRED,
                        ScheduleOutcome.REFUSED,
                        ScheduleOutcome.REFUSED,
                        ScheduleOutcome.REFUSED,
                        ScheduleOutcome.REFUSED);

        host.room = 1;
        host.pass(Duration.ofMinutes(1));
        assertThat(host.fires("each")).containsExactly(minutes(1), minutes(6));
        assertThat(refusal()).isNull();
    }

    private String refusal() {
        return host.engine.entries().get(0).refusal;
    }

    @Test
    void ofSeveralTimesAsManyGetJobsAsAQuotaAllows() {
        host.add(schedule("hourly")
                .cron("0 * * * *")
                .missed(MissedPolicy.of("all:5"))
                .overlap(OverlapPolicy.ALLOW));
        host.room = 2;
        host.jump(Duration.ofMinutes(430));
        assertThat(host.fires("hourly")).containsExactly(minutes(180), minutes(240));
        assertThat(host.tries).isEqualTo(4);
        assertThat(host.events)
                .extracting(ScheduleEvent::kind, ScheduleEvent::times)
                .containsExactly(
                        tuple(ScheduleOutcome.MISSED, 2L),
                        tuple(ScheduleOutcome.FIRED, 1L),
                        tuple(ScheduleOutcome.FIRED, 1L),
                        tuple(ScheduleOutcome.REFUSED, 3L));

        host.queue.full = new QuotaException("submit.rate of ann");
        host.jump(Duration.ofMinutes(180));
        assertThat(host.events.get(4).kind()).isEqualTo(ScheduleOutcome.REFUSED);
        assertThat(host.events.get(4).times()).isEqualTo(3);
        host.queue.full = null;
        host.room = 2;
        host.jump(Duration.ofMinutes(110));
        assertThat(host.fires("hourly")).hasSize(4);
    }

    @Test
    void aTimeAsksTheStoreOfNoJobThatHasEnded() {
        host.add(each().overlap(OverlapPolicy.SKIP));
        for (int minute = 1; minute <= 3; minute++) {
            host.pass(Duration.ofMinutes(1));
            host.complete("each");
        }
        assertThat(host.fires("each")).isEqualTo(eachMinute(1, 3));
        assertThat(host.looks).isEqualTo(1); // what was before it began

        host.pass(Duration.ofMinutes(2));
        assertThat(host.fires("each")).isEqualTo(eachMinute(1, 4));
        assertThat(host.looks).isEqualTo(2);
        host.complete("each");
        host.pass(Duration.ofMinutes(1));
        assertThat(host.fires("each")).hasSize(5);
        assertThat(host.looks).isEqualTo(2);
    }

    @Test
    void aJobThatSomebodyRetriesHasNotEnded() {
        host.add(each().overlap(OverlapPolicy.SKIP));
        host.pass(Duration.ofMinutes(1));
        JobId job = host.made("each").get(0).id();
        host.end(job, running -> Moves.fail(running, "on purpose"));
        host.jobs.retry(job);
        host.pass(Duration.ofMinutes(1));
        assertThat(host.fires("each")).isEqualTo(eachMinute(1, 1));
        assertThat(told()).containsExactly(ScheduleOutcome.FIRED, ScheduleOutcome.SKIPPED);
    }

    @Test
    void thePayloadTellsTheTimes() {
        JobSpecification job = JobSpecification.type("echo")
                .payload(Map.of(
                        "day", "for ${fireAt:yyyy-MM-dd HH:mm}",
                        "in", List.of("${fireAt}", 7),
                        "since", "${lastCompletedAt}",
                        "other", "${secret:x}"))
                .build();
        host.add(ScheduleSpecification.named("each", job).cron("* * * * *", ZoneId.of("Asia/Kolkata")));
        host.pass(Duration.ofMinutes(1));
        assertThat(payload())
                .contains("\"for 2026-03-02 05:31\"", "[\"2026-03-02T00:01:00Z\",7]", "\"since\":\"\"", "${secret:x}");
        host.complete("each");
        String end = String.valueOf(host.made("each").get(0).state().completedAt());
        host.pass(Duration.ofMinutes(1));
        assertThat(payload()).contains("\"since\":\"" + end + "\"");
    }

    private String payload() {
        return host.store.payload(host.made("each").get(0).id()).orElseThrow();
    }

    @Test
    void ofTwoWhoTakeThemselvesForTheLeaderOneMakesTheJob() {
        host.add(each());
        ScheduleEngine other = host.engine;
        EngineFixture.Second second = host.second();
        for (int minute = 1; minute <= 10; minute++) {
            host.clock.set(minutes(minute));
            other.turn();
            second.engine().turn();
            second.engine().turn();
            other.turn();
        }
        assertThat(host.fires("each")).isEqualTo(eachMinute(1, 10));
    }

    @Test
    void filesSayWhatTheySayWhileTheyAreThere() {
        host.files.put("file", new ScheduleSettings(each("file", "* * * * *"), "bob"));
        host.engine.filesChanged();
        host.pass(Duration.ofMinutes(2));
        assertThat(host.fires("file")).isEqualTo(eachMinute(1, 2));
        assertThat(host.made("file").get(0).submitter()).isEqualTo("bob");

        host.files.put("file", new ScheduleSettings(each("file", "*/5 * * * *"), null));
        host.engine.filesChanged();
        host.pass(Duration.ofMinutes(4));
        assertThat(host.fires("file")).containsExactly(minutes(1), minutes(2), minutes(5));

        host.files.clear();
        host.engine.filesChanged();
        host.pass(Duration.ofSeconds(30));
        host.restart(); // without the file
        host.pass(Duration.ofMinutes(10));
        assertThat(host.fires("file")).hasSize(3);
        assertThat(host.store.schedules().schedules()).isEmpty();
    }

    @Test
    void aClosedTimeGetsNoJobAndOneOfAMissingCalendarWaits() {
        host.files.put(
                "file",
                new ScheduleSettings(
                        each("file", "* * * * *").toBuilder()
                                .calendars(List.of("lunch"))
                                .missed(MissedPolicy.LAST)
                                .build(),
                        null));
        host.engine.filesChanged();
        host.pass(Duration.ofMinutes(3));
        assertThat(host.fires("file")).as("without the calendar").isEmpty();

        host.calendars.put("lunch", CalendarRulesTest.excluding("00:05..00:08"));
        host.engine.filesChanged();
        host.pass(Duration.ofMinutes(7));
        assertThat(host.fires("file"))
                .as("the latest of the missed times, and the open ones")
                .containsExactly(minutes(3), minutes(4), minutes(8), minutes(9), minutes(10));

        host.calendars.clear();
        host.engine.filesChanged();
        host.pass(Duration.ofMinutes(5));
        assertThat(host.fires("file")).hasSize(5);
    }

    private static ScheduleSpecification each(String name, String cron) {
        return schedule(name).cron(cron).overlap(OverlapPolicy.ALLOW).build();
    }
}

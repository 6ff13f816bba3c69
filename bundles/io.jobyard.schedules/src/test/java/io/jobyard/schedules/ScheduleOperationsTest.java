// SPDX-License-Identifier: Apache-2.0
package io.jobyard.schedules;

import static io.jobyard.schedules.EngineFixture.ANN;
import static io.jobyard.schedules.EngineFixture.T0;
import static io.jobyard.schedules.EngineFixture.schedule;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jobyard.api.AccessException;
import io.jobyard.api.JobId;
import io.jobyard.api.JobSpecification;
import io.jobyard.api.MissedPolicy;
import io.jobyard.api.NotFoundException;
import io.jobyard.api.OverlapPolicy;
import io.jobyard.api.PlannedFire;
import io.jobyard.api.QuotaException;
import io.jobyard.api.ScheduleEvent;
import io.jobyard.api.ScheduleEvent.ScheduleOutcome;
import io.jobyard.api.ScheduleSpecification;
import io.jobyard.api.ScheduleStatus;
import io.jobyard.api.StateConflictException;
import io.jobyard.api.ValidationException;
import io.jobyard.spi.access.Caller;
import io.jobyard.spi.access.Permission;
import io.jobyard.spi.schedules.StoredSchedule;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class ScheduleOperationsTest {

    private final EngineFixture host = new EngineFixture();
    private ScheduleOperations operations = host.operations;

    private static Instant minutes(int minutes) {
        return T0.plus(Duration.ofMinutes(minutes));
    }

    private static ScheduleSpecification full() {
        JobSpecification job = JobSpecification.type("echo")
                .payload(Map.of("a", List.of(1, "b"), "at", "${fireAt:HH:mm}"))
                .queue("night")
                .priority(2)
                .timeout(Duration.ofMillis(90_500))
                .maxRetries(0)
                .label("team", "sales")
                .limits("openai")
                .estimate("tokens", 800)
                .build();
        return ScheduleSpecification.named("full", job)
                .cron("0 30 2 * * MON-FRI", ZoneId.of("Europe/Berlin"))
                .missed(MissedPolicy.of("all:7"))
                .grace(Duration.ofMinutes(3))
                .overlap(OverlapPolicy.QUEUE)
                .jitter(Duration.ofMillis(1_500))
                .start(minutes(10))
                .end(minutes(100_000))
                .build();
    }

    @Test
    void whatWasAddedIsReadAsItWasWritten() {
        Plan plan = ScheduleChecks.plan(full(), ANN, false);
        String text = Definition.write(plan);
        Plan read = Definition.read("full", text);
        assertThat(read.owner()).isEqualTo(ANN);
        assertThat(read.asked().toBuilder().job(plan.asked().job()).build()).isEqualTo(plan.asked());
        assertThat(read.asked().job().payload()).isEqualTo(plan.asked().job().payload());
        assertThat(Definition.write(read)).isEqualTo(text);
    }

    @Test
    void aScheduleIsAddedOnceShownChangedAndRemoved() {
        ScheduleStatus added = operations.add(full());
        assertThat(added.times().next()).isEqualTo(Instant.parse("2026-03-02T01:30:00Z"));
        assertThat(added.owner()).isEqualTo("ann");
        assertThatThrownBy(() -> operations.add(full()))
                .isInstanceOf(StateConflictException.class)
                .hasMessageContaining("schedule full already");

        ScheduleStatus changed = operations.change(
                full().toBuilder().every(Duration.ofHours(1)).start(null).build());
        assertThat(changed.times().next()).isEqualTo(minutes(60));
        assertThat(operations.schedules()).extracting(ScheduleStatus::name).containsExactly("full");

        operations.remove("full");
        assertThat(operations.schedules()).isEmpty();
        assertThatThrownBy(() -> operations.remove("full"))
                .isInstanceOf(NotFoundException.class)
                .hasMessage("unknown schedule full; list the schedules to see their names");
    }

    @Test
    void anUnknownScheduleIsNotFoundByAnyOperationAndANearNameIsSuggested() {
        operations.add(full());
        assertNotFound(() ->
                operations.change(schedule("ful").every(Duration.ofHours(1)).build()));
        assertNotFound(() -> operations.pause("ful", null, null));
        assertNotFound(() -> operations.resume("ful"));
        assertNotFound(() -> operations.run("ful"));
        assertNotFound(() -> operations.remove("ful"));
        assertNotFound(() -> operations.preview("ful", 1));
        assertNotFound(() -> operations.backfill("ful", minutes(-60), minutes(-30)));
    }

    private static void assertNotFound(ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOf(NotFoundException.class)
                .hasMessage("unknown schedule ful (did you mean 'full'?); list the schedules to see their names");
    }

    @Test
    void whatIsNotRightIsRefused() {
        refused(schedule("no spaces").cron("* * * * *"), "invalid schedule 'no spaces'");
        refused(schedule("x"), "schedule x has no times: set one of cron, every and delay");
        refused(schedule("x").cron("* * *"), "invalid cron '* * *': ");
        refused(schedule("x").every(Duration.ofMillis(999)), "every 999 ms is out of range: use 1 to ");
        refused(schedule("x").delay(Duration.ofDays(36_501)), "delay ");
        refused(
                schedule("x").cron("@daily").grace(Duration.ZERO),
                "grace 0 ms is out of range: use 1 to 86400 seconds");
        refused(schedule("x").cron("@daily").jitter(Duration.ofDays(2)), "jitter ");
        refused(schedule("x").cron("@daily").start(T0).end(T0), "end ");
        refused(
                schedule("x")
                        .cron("@daily")
                        .job(JobSpecification.type("echo")
                                .payload(Map.of())
                                .key("k")
                                .build()),
                "the job of a schedule cannot have a key");
        refused(
                schedule("x")
                        .cron("@daily")
                        .job(JobSpecification.type("e c h o").payload(Map.of()).build()),
                "invalid type 'e c h o'");
        refused(
                schedule("x")
                        .cron("@daily")
                        .job(JobSpecification.type("echo")
                                .payload(Map.of("a", "${fireAt:bb}"))
                                .build()),
                "invalid pattern 'bb' in the payload");
        refused(schedule("x").cron("0 0 30 2 *"), "invalid cron '0 0 30 2 *': none of its months");
        refused(schedule("x").cron("@daily").end(T0), "end " + T0 + " has passed: use a time after ");
        refused(withText("x ${nope} y"), "unknown placeholder '${nope}' in the payload: use ${fireAt}, ");
        refused(withText("${fireat:yyyy}"), "unknown placeholder '${fireat:yyyy}' in the payload: ");
        refused(withText("${secret}"), "unknown placeholder '${secret}' in the payload: ");
        assertThat(host.store.schedules().schedules()).isEmpty();
    }

    private static ScheduleSpecification.Builder withText(String text) {
        return schedule("x")
                .cron("@daily")
                .job(JobSpecification.type("echo")
                        .payload(Map.of("a", List.of(text)))
                        .build());
    }

    @Test
    void aPlainPlaceholderIsWrittenWithTwoDollars() {
        Map<String, Object> payload = Map.of("a", "$${nope} ${secret:key} ${fireAt:yyyy} $5 {x} ${open");
        assertThat(new PayloadTemplate(T0, null, ZoneOffset.UTC).fill(payload))
                .isEqualTo(Map.of("a", "${nope} ${secret:key} " + T0.toString().substring(0, 4) + " $5 {x} ${open"));
    }

    private void refused(ScheduleSpecification.Builder asked, String why) {
        assertThatThrownBy(() -> operations.add(asked.build()))
                .isInstanceOf(ValidationException.class)
                .hasMessageStartingWith(why);
    }

    @Test
    void aRunByHandIsBesideTheTimes() {
        host.add(schedule("hourly").cron("0 * * * *"));
        host.clock.advance(Duration.ofSeconds(7));
        JobId job = operations.run("hourly");
        assertThat(host.fires("hourly")).containsExactly(T0.plusSeconds(7));
        assertThat(operations.schedules().get(0).times().lastJob()).isEqualTo(job);
        assertThatThrownBy(() -> operations.run("hourly"))
                .isInstanceOf(StateConflictException.class)
                .hasMessageContaining("an earlier job of schedule hourly is unfinished");

        host.complete("hourly");
        host.pass(Duration.ofHours(1));
        assertThat(host.fires("hourly")).containsExactly(T0.plusSeconds(7), minutes(60));
    }

    @Test
    void aPreviewTellsWhatComesAndWhatIsLeftOut() {
        host.add(schedule("each").cron("0 2 * * *", ZoneId.of("Asia/Kolkata")).jitter(Duration.ofMinutes(1)));
        operations.pause("each", "quiet", T0.plus(Duration.ofDays(1)));
        List<PlannedFire> fires = operations.preview("each", 2);
        assertThat(fires)
                .extracting(fire -> fire.local().toString())
                .containsExactly("2026-03-03T02:00+05:30[Asia/Kolkata]", "2026-03-04T02:00+05:30[Asia/Kolkata]");
        assertThat(fires).extracting(PlannedFire::skipped).containsExactly("paused by ann: quiet", null);
        assertThat(Duration.between(
                        fires.get(1).local().toInstant(), fires.get(1).at()))
                .isBetween(Duration.ZERO, Duration.ofMinutes(1));
        assertThatThrownBy(() -> operations.preview("each", 0)).isInstanceOf(ValidationException.class);
    }

    @Test
    void aPreviewShowsWhyATimeIsClosed() {
        host.calendars.put("holidays", CalendarRulesTest.excluding("2026-03-03"));
        ScheduleSpecification nightly = schedule("nightly")
                .cron("0 2 * * *")
                .calendars(List.of("holidays"))
                .build();
        assertThat(operations.preview(nightly, 3))
                .extracting(PlannedFire::skipped)
                .containsExactly(null, "closed by calendar holidays", null);
        operations.add(nightly);
        assertThat(host.row("nightly").definition()).contains("\"calendars\":[\"holidays\"]");
        host.calendars.clear();
        assertThat(operations.preview("nightly", 1))
                .extracting(PlannedFire::skipped)
                .containsExactly("calendar holidays not found");
        assertThat(operations.schedules().get(0).times().next()).isNull();
    }

    @Test
    void aScheduleWithoutAnOpenTimeIsRefused() {
        host.calendars.put("holidays", CalendarRulesTest.excluding("00:00..06:00"));
        refused(
                schedule("x").cron("0 2 * * *").calendars(List.of("holidays")),
                "invalid calendars holidays: they are closed at every time of the schedule; use other times, or omit a calendar");
        refused(
                schedule("x").cron("0 2 * * *").calendars(List.of("holiday")),
                "unknown calendar 'holiday' (did you mean 'holidays'?): create etc/io.jobyard.calendars-holiday.cfg, or"
                        + " omit the calendar");
        refused(
                schedule("x").cron("0 7 * * *").calendars(Collections.nCopies(11, "holidays")),
                "11 calendars are out of range: use at most 10");
    }

    @Test
    void timesWithAJitterLongerThanTheIntervalComeInOrderAsTheirJobsAreMade() {
        ScheduleSpecification.Builder asked =
                schedule("close").every(Duration.ofSeconds(10)).jitter(Duration.ofMinutes(1));
        host.add(asked);
        Plan plan = ScheduleChecks.plan(asked.build(), ANN, false);
        List<PlannedFire> fires = operations.preview("close", 50);
        assertThat(fires).extracting(PlannedFire::at).isSorted();
        Instant base = plan.timing().begin(T0, null);
        for (PlannedFire fire : fires) {
            Instant time = fire.local().toInstant();
            assertThat(DueTimes.of(plan, base, fire.at().minusNanos(1_000)).made())
                    .doesNotContain(time);
            assertThat(DueTimes.of(plan, base, fire.at()).made()).contains(time);
        }
    }

    @Test
    void whatIsNotStoredYetIsPreviewedAsItWouldBe() {
        ScheduleSpecification planned = schedule("planned")
                .cron("30 2 * * *", ZoneId.of("Europe/Berlin"))
                .start(Instant.parse("2026-03-28T12:00:00Z"))
                .build();
        assertThat(operations.preview(planned, 2))
                .as("02:30 is not there when the clocks go forward")
                .extracting(fire -> fire.local().toOffsetDateTime().toString())
                .containsExactly("2026-03-29T03:00+02:00", "2026-03-30T02:30+02:00");
        assertThat(operations.schedules()).isEmpty();

        host.add(schedule("planned").every(Duration.ofHours(1)));
        operations.pause("planned", "quiet", null);
        assertThat(operations.preview(planned, 1))
                .as("in place of the one that is there, which is paused")
                .extracting(PlannedFire::skipped)
                .containsExactly("paused by ann: quiet");
        assertThat(operations.schedules().get(0).specification().rhythm())
                .isEqualTo(new ScheduleSpecification.Rhythm.Every(Duration.ofHours(1)));
    }

    @Test
    void pastTimesGetTheirJobsOneAfterTheOther() {
        host.add(schedule("hourly").cron("0 * * * *").missed(MissedPolicy.SKIP));
        host.jump(Duration.ofHours(4).plusMinutes(30));
        assertThat(host.fires("hourly")).isEmpty();
        assertThat(operations.backfill("hourly", minutes(60), minutes(240))).isEqualTo(3);
        assertThatThrownBy(() -> operations.backfill("hourly", minutes(0), minutes(60)))
                .isInstanceOf(StateConflictException.class);

        host.turn();
        assertThat(host.fires("hourly")).containsExactly(minutes(60));
        host.pass(Duration.ofSeconds(5));
        assertThat(host.fires("hourly")).hasSize(1);
        host.complete("hourly");
        host.restart();
        operations = host.operations;
        host.pass(Duration.ofSeconds(5));
        assertThat(host.fires("hourly")).containsExactly(minutes(60), minutes(120));
        host.complete("hourly");
        host.pass(Duration.ofSeconds(2));
        host.complete("hourly");
        host.pass(Duration.ofSeconds(2));
        assertThat(host.fires("hourly")).containsExactly(minutes(60), minutes(120), minutes(180));
        assertThat(host.row("hourly").backfill()).isNull();

        assertThat(operations.backfill("hourly", minutes(1), minutes(270))).isEqualTo(4); // those that have a job too
        host.pass(Duration.ofSeconds(2));
        assertThat(host.fires("hourly")).containsExactly(minutes(60), minutes(120), minutes(180), minutes(240));
    }

    @Test
    void pastTimesWaitForAQuota() {
        host.add(schedule("hourly").cron("0 * * * *").missed(MissedPolicy.SKIP));
        host.jump(Duration.ofMinutes(190));
        operations.backfill("hourly", minutes(60), minutes(190));
        host.room = 1;
        host.turn();
        host.complete("hourly");
        host.pass(Duration.ofSeconds(10));
        assertThat(host.fires("hourly")).containsExactly(minutes(60));
        assertThat(host.tries).isBetween(10, 12);
        assertThat(host.events)
                .extracting(ScheduleEvent::kind)
                .containsExactly(ScheduleOutcome.MISSED, ScheduleOutcome.FIRED, ScheduleOutcome.REFUSED);
        assertThat(host.engine.entries().get(0).refusal).isEqualTo("queued.max of ann");

        host.queue.full = new QuotaException("submit.rate of ann");
        host.pass(Duration.ofSeconds(3));
        host.queue.full = null;
        host.room = 1;
        host.pass(Duration.ofSeconds(2));
        assertThat(host.fires("hourly")).containsExactly(minutes(60), minutes(120));
        assertThat(host.engine.entries().get(0).refusal).isNull();
    }

    @Test
    void intervalsAreMadeUpForOnTheirGrid() {
        host.add(schedule("every").every(Duration.ofMinutes(10)).missed(MissedPolicy.SKIP));
        host.jump(Duration.ofMinutes(45));
        assertThat(operations.backfill("every", minutes(11), minutes(40))).isEqualTo(2);
        host.turn();
        assertThat(host.fires("every")).containsExactly(minutes(20));
    }

    @Test
    void whoMayNotDoesNot() {
        host.access.allow(Permission.VIEW);
        assertThatThrownBy(() -> operations.add(full())).isInstanceOf(AccessException.class);
        assertThat(operations.schedules()).isEmpty();
        host.access.allow(Permission.SUBMIT);
        assertThatThrownBy(() -> operations.schedules()).isInstanceOf(AccessException.class);
        operations.add(full());
        assertThatThrownBy(() -> host.of(Caller.user("bob")).pause("full", null, null))
                .isInstanceOf(AccessException.class);
        assertThatThrownBy(() -> host.of(Caller.user("bob")).preview(full(), 1)).isInstanceOf(AccessException.class);
    }

    @Test
    void theJobOfAnothersScheduleTakesImpersonate() {
        operations.add(full());
        Caller bob = Caller.user("bob");
        JobSpecification theft = JobSpecification.type("command")
                .payload(Map.of("key", "${secret:ann}"))
                .build();
        ScheduleSpecification stolen = full().toBuilder().job(theft).build();
        ScheduleSpecification later =
                full().toBuilder().every(Duration.ofHours(2)).build();
        host.access.allow(Permission.VIEW, Permission.SUBMIT, Permission.OPERATE);
        List<StoredSchedule> before = host.store.schedules().schedules();
        for (ThrowingCallable attack : List.<ThrowingCallable>of(
                () -> host.of(bob).change(stolen), () -> host.of(bob).preview(stolen, 1))) {
            assertThatThrownBy(attack)
                    .isInstanceOfSatisfying(
                            AccessException.class,
                            fault -> assertThat(fault.permission()).isEqualTo("impersonate"));
        }
        assertThat(host.store.schedules().schedules()).isEqualTo(before);
        assertThat(host.of(bob).change(later).owner()).isEqualTo("ann"); // its times take no more than operate
        assertThat(operations.change(stolen).specification().job().type()).isEqualTo("command");

        host.access.allow(Permission.OPERATE, Permission.SUBMIT, Permission.IMPERSONATE);
        assertThat(host.of(bob).change(full()).specification().job().type()).isEqualTo("echo");
    }

    @Test
    void aScheduleOfATypeThatItsOwnerMayNotSubmitIsRefused() {
        operations.add(full());
        host.access.refuseTypes("echo");
        assertThatThrownBy(() -> operations.add(schedule("more").cron("@daily").build()))
                .isInstanceOfSatisfying(
                        AccessException.class,
                        fault -> assertThat(fault.permission()).isEqualTo("types"));
        assertThatThrownBy(() -> operations.run("full")).isInstanceOf(AccessException.class);
    }

    @Test
    void aNamesakeOfAnotherKindIsNotTheOwner() {
        host.of(Caller.administrator("ann")).add(full());
        host.access.allow(Permission.VIEW, Permission.SUBMIT);
        ScheduleSpecification other = full().toBuilder()
                .job(JobSpecification.type("command").payload(Map.of()).build())
                .build();
        assertThatThrownBy(() -> operations.change(other))
                .isInstanceOfSatisfying(
                        AccessException.class,
                        fault -> assertThat(fault.permission()).isEqualTo("impersonate"));
    }

    @Test
    void everythingThatPeopleDoIsAudited() {
        host.add(schedule("each").cron("* * * * *"));
        operations.pause("each", "quiet", null);
        operations.resume("each");
        operations.run("each");
        operations.remove("each");
        assertThat(host.store.rows(host.store.incarnation(), 0, 100))
                .extracting(row -> row.entry().action() + " " + row.entry().target() + " "
                        + row.entry().detail().split(":")[0])
                .contains(
                        "schedule schedule each added",
                        "schedule schedule each paused",
                        "schedule schedule each resumed",
                        "schedule schedule each run",
                        "schedule schedule each removed");
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.jobyard.schedules;

import static org.assertj.core.api.Assertions.assertThat;

import io.jobyard.api.ScheduleSpecification;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CalendarTimingTest {

    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
    private static final Map<String, CalendarRules> CALENDARS = Map.of(
            "office", CalendarRulesTest.rules(Map.of("include", "MON..FRI 08:00..18:00")),
            "holidays", CalendarRulesTest.excluding("2026-04-03..2026-04-06, 12-24..01-01"),
            "night", CalendarRulesTest.excluding("23:00..02:30"));

    private static Timing timing(ScheduleSpecification.Builder schedule, String... calendars) {
        return Timing.of(schedule.zone(BERLIN).calendars(List.of(calendars)).build(), CALENDARS);
    }

    private static ScheduleSpecification.Builder cron(String expression) {
        return EngineFixture.schedule("x").cron(expression);
    }

    private static Instant local(String time) {
        return Instant.parse(time + ":00+01:00");
    }

    @ParameterizedTest
    @CsvSource({
        "0 * * * *, office",
        "*/29 * * * *, night",
        "30 2 * * *, holidays",
        "30 2 * * *, night",
        "'15 9,14 * * MON-SAT', office holidays",
        "0 0 1 * *, holidays",
    })
    void theTimesAreThePlannedTimesThatAreOpen(String expression, String names) {
        CalendarTiming timing = (CalendarTiming) timing(cron(expression), names.split(" "));
        Instant from = Instant.parse("2026-03-20T00:00:00Z"); // over both clock changes
        Instant until = Instant.parse("2026-11-20T00:00:00Z");
        List<Instant> open = timing.planned().first(from, until, Integer.MAX_VALUE).stream()
                .filter(time -> timing.closed(time) == null)
                .toList();
        assertThat(open).isNotEmpty();
        assertThat(timing.first(from, until, Integer.MAX_VALUE)).isEqualTo(open);
        assertThat(timing.count(from, until, 1_000_000)).isEqualTo(open.size());
        for (int most : List.of(1, 7, open.size(), open.size() + 1)) {
            assertThat(timing.latest(from, until, most))
                    .isEqualTo(open.subList(Math.max(0, open.size() - most), open.size()));
        }
    }

    @Test
    void anOpeningIsFoundAtClockChangesToo() {
        OpenTimes open = new OpenTimes(
                BERLIN, List.of("x"), Map.of("x", CalendarRulesTest.rules(Map.of("include", "02:30..02:45"))));
        for (Instant at = Instant.parse("2026-10-24T00:00:00Z");
                at.isBefore(Instant.parse("2026-10-26T00:00:00Z"));
                at = at.plusSeconds(60)) {
            Instant expected = at;
            while (open.closed(expected) != null) {
                expected = expected.plusSeconds(60);
            }
            assertThat(open.opening(at, Instant.MAX)).contains(expected);
        }
        assertThat(open.opening(Instant.parse("2026-03-28T12:00:00Z"), Instant.MAX))
                .as("02:30 does not exist on the day when the clocks go forward")
                .contains(Instant.parse("2026-03-30T00:30:00Z"));
    }

    @Test
    void anIntervalKeepsItsDistance() {
        Timing timing = timing(EngineFixture.schedule("x").every(Duration.ofHours(5)), "office");
        Instant friday = local("2026-03-06T16:00");
        List<Instant> open = new ArrayList<>();
        for (Instant time = friday.plus(Duration.ofHours(5)); open.size() < 5; time = time.plus(Duration.ofHours(5))) {
            if (timing.closed(time) == null) {
                open.add(time);
            }
        }
        assertThat(timing.first(friday, Instant.MAX, 5)).isEqualTo(open);
        Instant monday = local("2026-03-09T12:30");
        assertThat(timing.next(timing.leaveOut(friday, monday)))
                .isEqualTo(open.stream().filter(time -> time.isAfter(monday)).findFirst());
        assertThat(timing.latest(friday, open.get(4), 2)).isEqualTo(open.subList(3, 5));
    }

    @Test
    void aDelayEndsAtTheNextOpening() {
        Timing timing = timing(EngineFixture.schedule("x").delay(Duration.ofHours(1)), "office");
        assertThat(timing.next(local("2026-03-06T16:00"))).contains(local("2026-03-06T17:00"));
        assertThat(timing.next(local("2026-03-06T17:30"))).contains(local("2026-03-09T08:00"));
        assertThat(timing.isFromEnd()).isTrue();
    }

    @Test
    void manyTimesAroundALongClosedPeriodTakeNoLonger() {
        Timing timing = Timing.of(
                EngineFixture.schedule("x")
                        .every(Duration.ofSeconds(1))
                        .calendars(List.of("x"))
                        .build(),
                Map.of("x", CalendarRulesTest.excluding("2026-04-01..2027-02-01")));
        Instant end = Instant.parse("2026-03-31T23:59:59Z");
        Instant until = Instant.parse("2027-01-01T00:00:00Z");
        assertThat(timing.latest(Instant.parse("2016-01-01T00:00:00Z"), until, 3))
                .containsExactly(end.minusSeconds(2), end.minusSeconds(1), end);
        assertThat(timing.next(end)).contains(Instant.parse("2027-02-02T00:00:00Z"));
    }

    @Test
    void aMissingCalendarIsClosed() {
        Timing timing = timing(cron("0 2 * * *"), "holidays", "missing");
        assertThat(timing.next(Instant.EPOCH)).isEqualTo(Optional.empty());
        assertThat(timing.closed(local("2026-03-06T02:00"))).isEqualTo("calendar missing not found");
        assertThat(timing.closed(local("2026-12-24T02:00"))).isEqualTo("closed by calendar holidays");
        assertThat(timing.text()).isEqualTo("cron 0 2 * * * Europe/Berlin calendars holidays,missing");
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.jobyard.schedules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jobyard.api.CronSyntax;
import io.jobyard.api.ScheduleSpecification.Rhythm;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Compares the times with those that are found day by day. {@code -Dschedules.days=all} takes every day of the years. */
class CronTimingTest {

    /** From the beginning of the first to that of the second. */
    private record Days(LocalDate from, LocalDate to) {}

    private static final LocalDate FROM = LocalDate.of(2020, 1, 1);
    private static final LocalDate TO = LocalDate.of(2036, 1, 1);
    private static final boolean ALL_DAYS = "all".equals(System.getProperty("schedules.days"));

    private static final List<String> EXPRESSIONS = List.of(
            "0 2 * * *",
            "30 2 * * *",
            "59 2 * * *",
            "0 3 * * *",
            "30 1 * * *",
            "0 0 * * *",
            "30 0 * * *",
            "15 23 * * *",
            "0 12 * * *",
            "*/15 * * * *",
            "*/7 * * * *",
            "0 * * * *",
            "30 * * * *",
            "45 * * * *",
            "0 */2 * * *",
            "30 */2 * * *",
            "0 1-23/2 * * *",
            "0 1,2,3 * * *",
            "30 1-3 * * *",
            "*/20 2 * * *",
            "*/10 1-3 * * *",
            "5/25 0-6/3 * * *",
            "0 2 * * 0",
            "0 2 * * 7",
            "30 2 * * SUN",
            "0 2 * * MON-FRI",
            "0 9-17 * * MON-FRI",
            "0 2 1 * *",
            "0 2 31 * *",
            "0 0 29 2 *",
            "30 2 25-31 3 *",
            "30 2 25-31 10 *",
            "30 2 25-31 3,10 SUN",
            "0 0 1,15 * 5",
            "0 6 1 1 *",
            "0 0 1 JAN,JUL *",
            "0 2 * MAR-NOV SAT",
            "15,45 1,2 * * *",
            "@hourly",
            "@daily",
            "@weekly",
            "@monthly",
            "@yearly",
            "0 0 2 * * *",
            "30 30 2 * * *",
            "*/30 59 1 * * *",
            "0 */30 * * * *",
            "15 0 3 * * SUN",
            "0 0 0 * * *",
            "45 59 23 31 12 *");

    static final List<ZoneId> ZONES = List.of(
                    "UTC",
                    "Europe/Berlin",
                    "Europe/London",
                    "Europe/Dublin",
                    "America/New_York",
                    "America/Sao_Paulo",
                    "America/St_Johns",
                    "Australia/Lord_Howe",
                    "Asia/Beirut",
                    "Africa/Cairo",
                    "Africa/Casablanca",
                    "Asia/Kolkata")
            .stream()
            .map(ZoneId::of)
            .toList();

    static CronTiming unix(String expression, ZoneId zone) {
        return new CronTiming(new Rhythm.Cron(expression, CronSyntax.UNIX), zone);
    }

    @Test
    void timesAreThoseThatAreFoundDayByDay() {
        assertThat(EXPRESSIONS).hasSize(50);
        assertThat(ZONES).hasSize(12);
        for (String expression : EXPRESSIONS) {
            DayByDay other = new DayByDay(expression);
            for (ZoneId zone : ZONES) {
                CronTiming timing = unix(expression, zone);
                for (Days days : ALL_DAYS ? List.of(new Days(FROM, TO)) : changes(zone)) {
                    compare(expression, zone, timing, other.times(zone, days.from(), days.to()), days);
                }
            }
        }
    }

    private static void compare(
            String expression, ZoneId zone, CronTiming timing, TreeSet<Instant> expected, Days days) {
        Instant from = days.from().atStartOfDay(zone).toInstant().minusMillis(1);
        Instant to = days.to().atStartOfDay(zone).toInstant().minusMillis(1);
        List<Instant> found = timing.first(from, to, Integer.MAX_VALUE);
        if (!found.equals(new ArrayList<>(expected))) {
            assertThat(found)
                    .as(expression + " in " + zone + " from " + days.from())
                    .containsExactlyElementsOf(expected);
        }
    }

    /** Three days around the clock changes of some years, and the end of some Februaries. */
    private static List<Days> changes(ZoneId zone) {
        List<Days> days = new ArrayList<>();
        ZoneOffsetTransition change =
                zone.getRules().nextTransition(FROM.atStartOfDay(zone).toInstant());
        while (change != null
                && change.getInstant().isBefore(TO.atStartOfDay(zone).toInstant())) {
            LocalDate day = change.getDateTimeBefore().toLocalDate();
            if (day.getYear() % 3 == 2) { // a minute's worth in all
                days.add(new Days(day.minusDays(1), day.plusDays(2)));
            }
            change = zone.getRules().nextTransition(change.getInstant());
        }
        for (int year = FROM.getYear(); year < TO.getYear(); year += 5) {
            LocalDate day = LocalDate.of(year, 2, 27);
            days.add(new Days(day, day.plusDays(4)));
        }
        return days;
    }

    @Test
    void aTimeInAnHourThatIsNotThereComesAtItsEnd() {
        assertThat(times("30 2 * * *", "Europe/Berlin", "2026-03-28T12:00:00Z", 2))
                .containsExactly("2026-03-29T01:00:00Z", "2026-03-30T00:30:00Z");
    }

    @Test
    void aFixedHourThatComesTwiceRunsInTheFirst() {
        assertThat(times("30 2 * * *", "Europe/Berlin", "2026-10-24T12:00:00Z", 2))
                .containsExactly("2026-10-25T00:30:00Z", "2026-10-26T01:30:00Z");
        assertThat(times("30 2 * * *", "Europe/Berlin", "2026-10-25T00:59:00Z", 1))
                .containsExactly("2026-10-26T01:30:00Z");
    }

    @Test
    void anyHourRunsInBoth() {
        assertThat(times("30 * * * *", "Europe/Berlin", "2026-10-25T00:00:00Z", 3))
                .containsExactly("2026-10-25T00:30:00Z", "2026-10-25T01:30:00Z", "2026-10-25T02:30:00Z");
        assertThat(times("30 */2 * * *", "Europe/Berlin", "2026-10-25T00:00:00Z", 3))
                .containsExactly("2026-10-25T00:30:00Z", "2026-10-25T01:30:00Z", "2026-10-25T03:30:00Z");
    }

    private static List<String> times(String cron, String zone, String after, int most) {
        return unix(cron, ZoneId.of(zone)).first(Instant.parse(after), Instant.MAX, most).stream()
                .map(Instant::toString)
                .toList();
    }

    @Test
    void theLatestTimesAreFoundFromBehind() {
        for (String expression : List.of("*/10 * * * * *", "30 2 * * *", "0 0 29 2 *", "0 0 30 2 *")) {
            CronTiming timing = unix(expression, ZoneId.of("Europe/Berlin"));
            Instant after = Instant.parse("2026-03-01T00:00:00Z");
            Instant until = Instant.parse("2026-03-30T00:30:00Z");
            List<Instant> all = timing.first(after, until, Integer.MAX_VALUE);
            assertThat(timing.latest(after, until, 3)).isEqualTo(all.subList(Math.max(0, all.size() - 3), all.size()));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "SUN-THU, 0 1 2 3 4",
        "sun-thu, 0 1 2 3 4",
        "SUN-SAT, 0 1 2 3 4 5 6",
        "Sun-7, 0 1 2 3 4 5 6",
        "SUN-4/2, 0 2 4",
        "SUN-SUN, 0",
        "MON-SUN, 0 1 2 3 4 5 6",
        "'FRI-SUN,2', 0 2 5 6",
        "'2,SUN-MON', 0 1 2",
        "MON/2, 0 1 3 5",
        "1/2, 0 1 3 5",
        "THU/2, 4 6",
        "SAT/2, 6",
        "SUN/2, 0 2 4 6",
        "0/2, 0 2 4 6",
        "*/2, 0 2 4 6"
    })
    void weekdaysAreThoseOfTheOneRule(String weekdays, String expected) {
        CronTiming timing = unix("0 12 * * " + weekdays, ZoneOffset.UTC);
        CronTiming withSeconds = unix("0 0 12 * * " + weekdays, ZoneOffset.UTC);
        Instant sunday = Instant.parse("2026-11-29T00:00:00Z");
        Instant end = sunday.plus(Duration.ofDays(7)).minusSeconds(1);
        List<Instant> times = timing.first(sunday, end, Integer.MAX_VALUE);
        assertThat(times.stream()
                        .map(time -> "" + Duration.between(sunday, time).toDays())
                        .collect(Collectors.joining(" ")))
                .isEqualTo(expected);
        assertThat(withSeconds.first(sunday, end, Integer.MAX_VALUE)).isEqualTo(times);
    }

    @Test
    void whatNeverComesHasNoTimes() {
        assertThat(unix("0 0 30 2 *", ZoneOffset.UTC).next(Instant.EPOCH)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "* * * *",
                "61 * * * *",
                "0 0 L * *",
                "@reboot",
                "0 22-2 * * *",
                "0 0 0 0 0 0 0",
                "a b c d e",
                "0 0 * * FRI-MON",
                "0 0 * * 7-4",
                "0 0 * * MON/0"
            })
    void whatIsNoExpressionIsRefused(String expression) {
        assertThatThrownBy(() -> unix(expression, ZoneOffset.UTC))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("invalid cron '" + expression + "': ")
                .hasMessageContaining("use five fields such as 0 2 * * *, six with seconds first, or @daily");
    }
}

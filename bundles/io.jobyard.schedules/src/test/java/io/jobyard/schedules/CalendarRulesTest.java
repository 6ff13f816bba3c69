// SPDX-License-Identifier: Apache-2.0
package io.jobyard.schedules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jobyard.settings.api.InvalidSettingsException;
import io.jobyard.settings.api.SettingsReader;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.GregorianCalendar;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TimeZone;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.quartz.impl.calendar.AnnualCalendar;
import org.quartz.impl.calendar.DailyCalendar;
import org.quartz.impl.calendar.HolidayCalendar;

class CalendarRulesTest {

    private static final Instant NOW = Instant.parse("2026-03-02T00:00:00Z");

    static CalendarRules rules(Map<String, String> raw) {
        SettingsReader reader = new SettingsReader(raw);
        CalendarRules rules = CalendarRules.read(reader, NOW);
        reader.finish();
        return rules;
    }

    static CalendarRules excluding(String entries) {
        return rules(Map.of("exclude", entries));
    }

    @ParameterizedTest
    @CsvSource({
        "2026-12-24, 2026-12-24T23:59:59, 2026-12-25T00:00",
        "2026-12-24..2027-01-01, 2027-01-01T10:00, 2027-01-02T00:00",
        "12-25, 2031-12-25T10:00, 2031-12-26T10:00",
        "12-24..01-01, 2029-01-01T10:00, 2029-01-02T00:00",
        "02-29, 2028-02-29T10:00, 2027-03-01T10:00",
        "SAT, 2026-03-07T10:00, 2026-03-08T10:00",
        "fri..mon, 2026-03-08T10:00, 2026-03-03T10:00",
        "12:00..13:00, 2026-03-03T12:00, 2026-03-03T13:00",
        "22:00..06:00, 2026-03-03T05:59, 2026-03-03T06:00",
        "18:00..24:00, 2026-03-03T23:59, 2026-03-04T00:00",
        "SAT 12:00..24:00, 2026-03-07T12:00, 2026-03-07T11:59",
        "12-24..12-31 14:00..15:00, 2026-12-31T14:30, 2027-01-01T14:30",
    })
    void anEntryContainsItsTimes(String entry, LocalDateTime closed, LocalDateTime open) {
        assertThat(excluding(entry).isOpen(closed)).isFalse();
        assertThat(excluding(entry).isOpen(open)).isTrue();
    }

    @Test
    void aTimeIsOpenIfItIsIncludedAndNotExcluded() {
        CalendarRules office = rules(Map.of("include", "MON..FRI 08:00..18:00, SAT", "exclude", "12-25, 12:00..13:00"));
        assertThat(office.isOpen(LocalDateTime.parse("2026-03-03T08:00"))).isTrue();
        assertThat(office.isOpen(LocalDateTime.parse("2026-03-03T12:00"))).isFalse();
        assertThat(office.isOpen(LocalDateTime.parse("2026-03-03T18:00"))).isFalse();
        assertThat(office.isOpen(LocalDateTime.parse("2026-03-07T20:00"))).isTrue();
        assertThat(office.isOpen(LocalDateTime.parse("2026-03-08T10:00"))).isFalse();
        assertThat(office.isOpen(LocalDateTime.parse("2026-12-25T10:00"))).isFalse();
        assertThat(office).hasToString("include = MON..FRI 08:00..18:00, SAT, exclude = 12-25, 12:00..13:00");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "x",
                "2026-02-30",
                "02-30",
                "2026-12-24..12-31",
                "MONDAY",
                "MON..12-24",
                "25:00..26:00",
                "12:00",
                "12:00..13:00 MON",
                "MON TUE",
                "MON..TUE..WED",
                "MON 12:00..13:00 x"
            })
    void anInvalidEntryIsRefusedWithTheForms(String entry) {
        assertThatThrownBy(() -> CalendarEntry.parse(entry))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("in '" + entry + "'", "use 2026-12-24, 12-24 for each year");
    }

    @Test
    void anEmptyRangeIsRefused() {
        assertThatThrownBy(() -> CalendarEntry.parse("2026-12-24..2026-12-23"))
                .hasMessageContaining("ends before it begins");
        assertThatThrownBy(() -> CalendarEntry.parse("12:00..12:00")).hasMessageContaining("times of day are empty");
        assertThatThrownBy(() -> CalendarEntry.parse("SAT 22:00..06:00"))
                .hasMessageContaining("continue after midnight: write an entry for each day");
    }

    @Test
    void aCalendarThatIsClosedForAYearIsRefused() {
        assertThatThrownBy(() -> excluding("MON..SAT, SUN"))
                .isInstanceOf(InvalidSettingsException.class)
                .hasMessageContaining("invalid calendar: it is closed for the whole next year; add to include");
        assertThatThrownBy(() -> rules(Map.of("include", "2025-12-24"))).hasMessageContaining("whole next year");
        assertThatThrownBy(() -> excluding("2026-03-02..2027-03-10")).hasMessageContaining("whole next year");
        assertThat(excluding("2026-03-02..2027-02-20").exclude()).hasSize(1);
        assertThatThrownBy(() -> rules(Map.of())).hasMessageContaining("missing entries: set include");
        assertThat(CalendarRules.SHUT.isOpen(LocalDateTime.parse("2026-03-03T08:00")))
                .isFalse();
    }

    @Test
    void theCalendarsOfQuartzAgree() {
        ZoneId zone = ZoneId.of("Europe/Berlin");
        TimeZone quartzZone = TimeZone.getTimeZone(zone);
        HolidayCalendar dates = new HolidayCalendar(quartzZone);
        dates.addExcludedDate(GregorianCalendar.from(LocalDate.of(2026, 12, 24).atStartOfDay(zone))
                .getTime());
        AnnualCalendar yearly = new AnnualCalendar(quartzZone);
        yearly.setDayExcluded(GregorianCalendar.from(LocalDate.of(2000, 5, 1).atStartOfDay(zone)), true);
        DailyCalendar lunch = new DailyCalendar("12:00:00:000", "12:59:59:999");
        lunch.setTimeZone(quartzZone);
        Map<CalendarRules, org.quartz.Calendar> pairs = Map.of(
                excluding("2026-12-24"), dates,
                excluding("05-01"), yearly,
                excluding("12:00..13:00"), lunch);
        Random random = new Random(51);
        pairs.forEach((rules, quartz) -> {
            OpenTimes open = new OpenTimes(zone, List.of("x"), Map.of("x", rules));
            ZonedDateTime start = LocalDate.of(2026, 1, 1).atStartOfDay(zone);
            for (int minute = 0; minute < 730 * 24 * 60; minute += 1 + random.nextInt(40)) {
                Instant time = start.plusMinutes(minute).plusSeconds(30).toInstant();
                assertThat(open.closed(time) == null)
                        .as(rules + " at " + time)
                        .isEqualTo(quartz.isTimeIncluded(time.toEpochMilli()));
            }
        });
    }
}

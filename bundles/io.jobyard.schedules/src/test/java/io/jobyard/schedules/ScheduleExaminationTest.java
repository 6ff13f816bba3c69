// SPDX-License-Identifier: Apache-2.0
package io.jobyard.schedules;

import static org.assertj.core.api.Assertions.assertThat;

import io.jobyard.api.Finding;
import io.jobyard.api.Remedy;
import io.jobyard.doubles.FakeHandlerCatalog;
import io.jobyard.spi.text.ShownTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class ScheduleExaminationTest {

    private final EngineFixture fixture = new EngineFixture();
    private final ScheduleExamination examination = new ScheduleExamination(
            () -> fixture.engine.entries(),
            fixture::configured,
            new FakeHandlerCatalog("echo"),
            fixture.store,
            fixture.access,
            fixture.clock);

    @Test
    void aScheduleWhoseEndHasPassedGetsANote() {
        Instant end = EngineFixture.T0.plus(Duration.ofMinutes(3));
        fixture.add(EngineFixture.schedule("tick").every(Duration.ofMinutes(1)).end(end));
        fixture.jump(Duration.ofMinutes(3).minusSeconds(1));
        assertThat(examination.examine()).isEmpty();
        fixture.jump(Duration.ofSeconds(1));
        assertThat(examination.examine())
                .containsExactly(Finding.note(
                                "schedule tick",
                                "it submits no more jobs: its end " + ShownTime.of(end) + " has passed",
                                "set a later end, or remove it")
                        .with(Remedy.RemedyKind.REMOVE_SCHEDULE.of("tick")));
    }

    @Test
    void aScheduleThatItsCalendarsCloseIsReported() {
        fixture.calendars.put("holidays", CalendarRulesTest.excluding("SUN"));
        fixture.add(EngineFixture.schedule("nightly").cron("0 2 * * *").calendars(List.of("holidays")));
        assertThat(examination.examine()).isEmpty();
        fixture.calendars.put("holidays", CalendarRules.SHUT);
        fixture.engine.filesChanged();
        fixture.turn();
        assertThat(examination.examine())
                .containsExactly(new Finding(
                        "schedule nightly",
                        "its calendars are closed at every time: it submits no jobs",
                        "change a calendar, or the times of the schedule"));
        fixture.calendars.clear();
        fixture.engine.filesChanged();
        fixture.turn();
        assertThat(examination.examine())
                .containsExactly(new Finding(
                        "schedule nightly",
                        "calendar holidays not found: it submits no jobs",
                        "create etc/io.jobyard.calendars-holidays.cfg, or remove the calendar from the schedule"));
    }
}

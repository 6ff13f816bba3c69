// SPDX-License-Identifier: Apache-2.0
package io.jobyard.schedules;

import static org.assertj.core.api.Assertions.assertThat;

import io.jobyard.api.Finding;
import io.jobyard.api.Remedy;
import io.jobyard.doubles.FakeHandlerCatalog;
import io.jobyard.spi.text.ShownTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ScheduleExaminationTest {

    private final EngineFixture fixture = new EngineFixture();
    private final ScheduleExamination examination = new ScheduleExamination(
            () -> fixture.engine.entries(),
            () -> Map.copyOf(fixture.files),
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
}

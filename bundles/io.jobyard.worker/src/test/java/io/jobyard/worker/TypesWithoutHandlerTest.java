// SPDX-License-Identifier: Apache-2.0
package io.jobyard.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.jobyard.testkit.SettableClock;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;

class TypesWithoutHandlerTest {

    private final SettableClock clock = new SettableClock(
            LocalDateTime.of(2030, 1, 31, 11, 20).atZone(ZoneId.systemDefault()).toInstant());
    private final TypesWithoutHandler withoutHandler = new TypesWithoutHandler(clock);

    @Test
    void aTypeIsAbsentSinceItsHandlerLeftOrTheHostBegan() {
        clock.advance(Duration.ofMinutes(5));
        assertThat(withoutHandler.since("fax")).isEqualTo("11:20");

        withoutHandler.begin("fax");
        clock.advance(Duration.ofMinutes(5));
        assertThat(withoutHandler.since("fax")).isEqualTo("11:25");

        withoutHandler.end("fax");
        assertThat(withoutHandler.since("fax")).isEqualTo("11:20");
    }

    @Test
    void anotherDayIsNamed() {
        clock.advance(Duration.ofDays(1));
        assertThat(withoutHandler.since("fax")).isEqualTo("2030-01-31 11:20");
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.jobyard.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.jobyard.testkit.SettableClock;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class UnservedSinceTest {

    private static final Instant START = Instant.parse("2030-01-31T11:20:00Z");

    private final SettableClock clock = new SettableClock(START);
    private final UnservedSince withoutHandler = new UnservedSince(clock);

    @Test
    void aTypeIsAbsentSinceItsHandlerLeftOrTheHostBegan() {
        clock.advance(Duration.ofMinutes(5));
        assertThat(withoutHandler.since("fax")).isEqualTo(START);

        withoutHandler.begin("fax");
        clock.advance(Duration.ofMinutes(5));
        assertThat(withoutHandler.since("fax")).isEqualTo(START.plusSeconds(300));

        withoutHandler.end("fax");
        assertThat(withoutHandler.since("fax")).isEqualTo(START);
    }
}

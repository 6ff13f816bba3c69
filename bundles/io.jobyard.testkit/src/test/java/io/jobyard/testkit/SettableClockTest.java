// SPDX-License-Identifier: Apache-2.0
package io.jobyard.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class SettableClockTest {

    @Test
    void standsUntilItIsMoved() {
        SettableClock clock = new SettableClock(Instant.EPOCH);

        assertThat(clock.advance(Duration.ofSeconds(3))).isEqualTo(clock.instant());
        assertThat(clock.millis()).isEqualTo(3000);

        clock.set(Instant.ofEpochSecond(9));
        assertThat(clock.instant()).isEqualTo(Instant.ofEpochSecond(9));
    }
}

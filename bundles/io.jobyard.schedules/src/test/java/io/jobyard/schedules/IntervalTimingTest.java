// SPDX-License-Identifier: Apache-2.0
package io.jobyard.schedules;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class IntervalTimingTest {

    private static final Instant T0 = Instant.parse("2026-03-29T00:30:00Z");
    private final Timing hourly = new IntervalTiming(Duration.ofHours(1), false);

    private static Instant hours(int hours) {
        return T0.plus(Duration.ofHours(hours));
    }

    @Test
    void timesGoByElapsedTime() {
        assertThat(hourly.first(T0, hours(3), 9)).containsExactly(hours(1), hours(2), hours(3));
        assertThat(hourly.first(T0, hours(3), 2)).containsExactly(hours(1), hours(2));
    }

    @Test
    void theLatestStayOnTheGrid() {
        assertThat(hourly.latest(T0, hours(100).plusSeconds(7), 2)).containsExactly(hours(99), hours(100));
        assertThat(hourly.latest(T0, T0.plusSeconds(7), 2)).isEmpty();
        assertThat(hourly.latest(T0, T0.minusSeconds(7_777), 2)).isEmpty();
        assertThat(hourly.count(T0, hours(100), 1_000)).isEqualTo(100);
        assertThat(hourly.count(T0, hours(100), 10)).isEqualTo(10);
    }

    @Test
    void whatIsLeftOutDoesNotShiftTheRest() {
        Instant base = hourly.leaveOut(T0, hours(2).plusSeconds(1));
        assertThat(hourly.next(base)).contains(hours(3));
        assertThat(hourly.leaveOut(T0, T0.minusSeconds(1))).isEqualTo(T0);
    }

    @Test
    void theFirstTimeIsTheStart() {
        assertThat(hourly.next(hourly.begin(T0, hours(5).plusSeconds(5)))).contains(hours(5).plusSeconds(5));
        assertThat(hourly.next(hourly.begin(T0, hours(-5)))).contains(hours(1));
    }
}

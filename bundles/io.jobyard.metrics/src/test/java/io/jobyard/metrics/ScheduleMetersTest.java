// SPDX-License-Identifier: Apache-2.0
package io.jobyard.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.jobyard.api.Fire;
import io.jobyard.api.ScheduleEvent;
import io.jobyard.api.ScheduleEvent.ScheduleOutcome;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ScheduleMetersTest {

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final ScheduleMeters meters = new ScheduleMeters(registry);

    private void seen(String schedule, ScheduleOutcome kind, long times) {
        meters.seen(new ScheduleEvent(kind, new Fire(schedule, Instant.EPOCH), times, Duration.ofMillis(3), null, ""));
    }

    private double count(String schedule, String outcome) {
        return registry.get(ScheduleMeters.TIMES)
                .tags("schedule", schedule, "outcome", outcome)
                .counter()
                .count();
    }

    @Test
    void timesAreCountedByWhatBecameOfThem() {
        seen("nightly", ScheduleOutcome.FIRED, 1);
        seen("nightly", ScheduleOutcome.FIRED, 1);
        seen("nightly", ScheduleOutcome.MISSED, 7);
        seen("hourly", ScheduleOutcome.SKIPPED, 2);
        assertThat(count("nightly", "fired")).isEqualTo(2);
        assertThat(count("nightly", "missed")).isEqualTo(7);
        assertThat(count("hourly", "skipped")).isEqualTo(2);
        assertThat(registry.get(ScheduleMeters.LATE).timer().totalTime(TimeUnit.MILLISECONDS))
                .isEqualTo(6);
    }

    @Test
    void manySchedulesShareAName() {
        for (int n = 0; n < JobMeters.KINDS + 10; n++) {
            seen("s" + n, ScheduleOutcome.MISSED, 1);
        }
        seen("s0", ScheduleOutcome.MISSED, 1);
        assertThat(count(JobMeters.OTHER, "missed")).isEqualTo(10);
        assertThat(count("s0", "missed")).isEqualTo(2);
    }
}

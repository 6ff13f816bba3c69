// SPDX-License-Identifier: Apache-2.0
package io.jobyard.scheduler;

import static org.assertj.core.api.Assertions.assertThat;

import io.jobyard.api.JobId;
import io.jobyard.spi.store.JobStore;
import io.jobyard.testkit.SettableClock;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;

class JobIdsTest {

    private final SettableClock clock = new SettableClock(SchedulerFixture.START);
    private final JobIds ids = new JobIds(new Random(1));

    @Test
    void anIdIsAUuidOfVersion7ThatTellsItsMillisecond() {
        JobId id = ids.next(clock.instant());
        assertThat(id.value().version()).isEqualTo(7);
        assertThat(id.value().variant()).isEqualTo(2);
        assertThat(id.value().getMostSignificantBits() >>> 16).isEqualTo(clock.millis());
    }

    @Test
    void idsRiseThroughAFullMillisecondAndAClockThatGoesBack() {
        JobId last = ids.next(clock.instant());
        for (int i = 0; i < 50_000; i++) {
            if (i % 9_000 == 0) {
                clock.advance(Duration.ofMillis(1));
            } else if (i % 20_000 == 0) {
                clock.advance(Duration.ofMinutes(-20));
            }
            JobId next = ids.next(clock.instant());
            assertThat(next.compareTo(last)).isPositive();
            assertThat(next.toString()).isGreaterThan(last.toString());
            assertThat(next.value().version()).isEqualTo(7);
            last = next;
        }
    }

    @Test
    void anIdIsNeverMadeLongBeforeOrAfterItsTime() {
        ids.next(clock.instant());
        clock.advance(Duration.ofDays(-400));
        assertThat(millis(ids.next(clock.instant()))).isEqualTo(clock.millis());
        clock.advance(JobStore.ID_LEAD.negated().plusMillis(1));
        assertThat(millis(ids.next(clock.instant()))).isBetween(clock.millis(), clock.millis() + 3_600_000);
        clock.advance(Duration.ofMillis(-9));
        assertThat(millis(ids.next(clock.instant()))).isEqualTo(clock.millis());
    }

    private static long millis(JobId id) {
        return id.value().getMostSignificantBits() >>> 16;
    }
}

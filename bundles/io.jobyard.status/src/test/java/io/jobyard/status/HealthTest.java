// SPDX-License-Identifier: Apache-2.0
package io.jobyard.status;

import static org.assertj.core.api.Assertions.assertThat;

import io.jobyard.api.Finding;
import io.jobyard.spi.jobs.LaneKey;
import io.jobyard.spi.jobs.WantedHandler;
import io.jobyard.spi.queue.LaneView;
import io.jobyard.testkit.SettableClock;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class HealthTest {

    private static final Instant NOW = StoredJobsFixture.START;

    private static LaneView lane(Duration age) {
        LaneKey key = new LaneKey(null, 5, "ada", "echo", WantedHandler.ANY, List.of(), false, false);
        return new LaneView(key, "default", 1, NOW.minus(age), List.of());
    }

    @Test
    void jobsThatNothingHoldsForAnHourAreTold() {
        assertThat(Backlog.findings(Optional.of(lane(Backlog.LONG.minusNanos(1))), NOW))
                .isEmpty();
        assertThat(Backlog.findings(Optional.of(lane(Backlog.LONG)), NOW))
                .extracting(Finding::problem)
                .containsExactly("in queue default a job of type echo has been ready since 2029-12-31T23:00:00Z, and no"
                        + " gate blocks it: the workers do not keep up");
    }

    @Test
    void whereEveryLaneIsHeldThereIsNoBacklog() {
        assertThat(Backlog.findings(Optional.empty(), NOW)).isEmpty();
    }

    @Test
    void littleRoomOnTheDiskIsTold() {
        AtomicLong free = new AtomicLong(DiskSpace.LITTLE);
        DiskSpace disk = new DiskSpace(Path.of("/inst"), free::get);
        assertThat(disk.examine()).isEmpty();
        free.decrementAndGet();
        assertThat(disk.examine())
                .extracting(Finding::problem)
                .containsExactly("only 511 MiB are free on /inst; submits are refused when the disk is full");
    }

    @Test
    void aClockThatWasSetIsTold() {
        SettableClock clock = new SettableClock(NOW);
        AtomicLong nanos = new AtomicLong(-5);
        WallClock wall = new WallClock(clock, nanos::get);
        clock.advance(Duration.ofDays(1));
        nanos.addAndGet(Duration.ofDays(1).toNanos());
        assertThat(wall.examine()).isEmpty();

        clock.set(NOW);
        assertThat(wall.examine())
                .extracting(Finding::problem)
                .containsExactly(
                        "the clock was set back by 86400 s since the host started (2030-01-01T00:00:00Z); times,"
                                + " rates and expiries follow it");
        clock.set(NOW.plus(Duration.ofDays(1)).plus(WallClock.MUCH));
        assertThat(wall.examine())
                .singleElement()
                .extracting(Finding::problem)
                .asString()
                .contains("set forward by 10 s");
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.jobyard.queue;

import static org.assertj.core.api.Assertions.assertThat;

import io.jobyard.api.JobId;
import io.jobyard.api.JobStatus;
import io.jobyard.spi.store.ClaimCandidate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A rate holds at handlers' first lines: however long jobs are on their way there, and whenever the host is killed. */
class FirstLinesTest {

    private static final int BURST = 3;
    private static final double PER_SECOND = 4;

    private final LanesFixture fixture = new LanesFixture();
    private final List<JobId> onTheirWay = new ArrayList<>();
    private final List<JobId> begun = new ArrayList<>();
    private final List<Instant> firstLines = new ArrayList<>();

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void inNoWindowMoreBeginThanTheRateAndTheBurst(long seed) {
        Random random = new Random(seed);
        fixture.limit("api", "rate.requests", "4/s burst 3");
        for (int i = 0; i < 600; i++) {
            fixture.submitLimited("s", 5, Map.of(), "api");
        }
        boolean slow = false;
        for (int i = 0; i < 2_000; i++) {
            slow = random.nextInt(20) == 0 ? !slow : slow;
            fixture.clock.advance(Duration.ofMillis(random.nextInt(60)));
            take();
            if (random.nextInt(slow ? 30 : 2) == 0) {
                beginAll();
            }
            if (random.nextInt(4) == 0) {
                fixture.store.remember(fixture.lanes.allowances.takeChanged()).join();
            }
            if (random.nextInt(100) == 0) {
                kill();
            }
        }
        assertThat(firstLines).hasSizeGreaterThan(100);
        for (int first = 0; first < firstLines.size(); first++) {
            for (int last = first; last < Math.min(first + 40, firstLines.size()); last++) {
                Duration window = Duration.between(firstLines.get(first), firstLines.get(last));
                assertThat(last - first + 1.0).isLessThanOrEqualTo(BURST + PER_SECOND * window.toNanos() / 1e9 + 1e-6);
            }
        }
    }

    @Test
    void whoDidNotBeginGivesBackWhatItTook() {
        fixture.limit("api", "rate.requests", "1/h burst 1");
        JobId one = fixture.submitLimited("s", 5, Map.of(), "api");
        JobId two = fixture.submitLimited("s", 5, Map.of(), "api");
        take();
        assertThat(onTheirWay).containsExactly(one);
        assertThat(fixture.view(two).shutBy())
                .singleElement()
                .satisfies(blocker -> assertThat(blocker.detail())
                        .isEqualTo("api: requests 0 of 1/h, 1 taken by jobs that are starting"));

        fixture.move(one, JobStatus.CANCELLED);
        take();

        assertThat(onTheirWay).containsExactly(one, two);
    }

    /** As the host does: how far the limits are drawn is durable before the start. */
    private void take() {
        for (List<ClaimCandidate> taken = fixture.take(1); !taken.isEmpty(); taken = fixture.take(1)) {
            JobId id = taken.get(0).position().id();
            fixture.store.remember(fixture.lanes.allowances.takeChanged()).join();
            fixture.move(id, JobStatus.RUNNING);
            onTheirWay.add(id);
        }
    }

    private void beginAll() {
        for (JobId id : onTheirWay) {
            fixture.lanes.draws.begun(id);
            firstLines.add(fixture.clock.instant());
            begun.add(id);
        }
        onTheirWay.clear();
        begun.forEach(id -> fixture.move(id, JobStatus.COMPLETED));
        begun.clear();
    }

    /** Those on their way begin in the host's last moment; the next host finds their runs lost and takes them back. */
    private void kill() {
        onTheirWay.forEach(id -> firstLines.add(fixture.clock.instant()));
        fixture.open();
        onTheirWay.forEach(id -> fixture.move(id, JobStatus.QUEUED));
        onTheirWay.clear();
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.jobyard.queue;

import static org.assertj.core.api.Assertions.assertThat;

import io.jobyard.api.JobId;
import io.jobyard.api.JobStatus;
import io.jobyard.spi.store.ClaimCandidate;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The lanes fail in the middle of a commit: afterwards they are those of a host that has just started. */
class FailedCommitTest {

    private static final int FAULTS = 40;
    private static final double ROUNDING = 1e-3;

    /** Stands still, and fails when it is asked for the time once too often. */
    private static final class FaultyClock extends Clock {

        private int left;
        private int faults;

        @Override
        public Instant instant() {
            if (left > 0 && --left == 0) {
                faults++;
                throw new IllegalStateException("on purpose");
            }
            return LanesFixture.START;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }

    private final FaultyClock time = new FaultyClock();
    private final LanesFixture fixture = new LanesFixture(time);
    private final List<JobId> queued = new ArrayList<>();
    private final List<JobId> running = new ArrayList<>();

    static List<Long> seeds() {
        return List.of(1L, 2L, 3L, new Random().nextLong()); // shown, so that a failure can be repeated
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void lanesAndLimitsAreThoseOfAFreshStart(long seed) {
        Random random = new Random(seed);
        fixture.limit("gpu", "running.max", "4");
        fixture.limit("openai", "rate.requests", "60/m burst 10000");
        fixture.queue("slow", "running.max", "6");
        for (int fault = 0; fault < FAULTS; fault++) {
            for (int step = 0; step < 10; step++) {
                act(random, 0);
            }
            act(random, 1 + random.nextInt(3));
            fixture.requireSums();
            requireThoseOfAFreshStart();
        }
        assertThat(time.faults).isGreaterThan(FAULTS / 4);
    }

    private void requireThoseOfAFreshStart() {
        Lanes failed = fixture.lanes;
        List<Object> told = told(failed);
        fixture.store.remember(failed.allowances.takeChanged()).join();
        List<Object> fresh = told(fixture.open());
        fixture.lanes = failed;
        assertThat(told)
                .usingRecursiveComparison()
                .ignoringCollectionOrder()
                .ignoringFieldsMatchingRegexes(
                        ".*shutBy") // by places that are kept for a job, which is decided at a start
                .withComparatorForType(
                        (one, other) -> Math.abs(one - other) < ROUNDING ? 0 : Double.compare(one, other), Double.class)
                .isEqualTo(fresh);
    }

    private static List<Object> told(Lanes lanes) {
        List<Object> told = new ArrayList<>();
        told.addAll(lanes.overview.all());
        told.addAll(lanes.limits.queues());
        told.addAll(lanes.limits.limits());
        return told;
    }

    /** Does something that the lanes hear of; at which they fail when they ask for the time so often. */
    private void act(Random random, int failsAt) {
        int dice = random.nextInt(100);
        if (dice < 45) {
            commit(failsAt, () -> submit(random));
        } else if (dice < 75) {
            for (ClaimCandidate taken : fixture.take(1)) {
                JobId id = taken.position().id();
                commit(failsAt, () -> fixture.move(id, JobStatus.RUNNING));
                fixture.lanes.draws.begun(id);
                queued.remove(id);
                running.add(id);
            }
        } else if (dice < 90 && !running.isEmpty()) {
            JobId id = running.remove(random.nextInt(running.size()));
            commit(failsAt, () -> fixture.move(id, JobStatus.COMPLETED));
        } else if (!queued.isEmpty()) {
            JobId id = queued.remove(random.nextInt(queued.size()));
            commit(failsAt, () -> fixture.move(id, JobStatus.CANCELLED));
        }
    }

    private void commit(int failsAt, Runnable change) {
        time.left = failsAt;
        change.run();
        time.left = 0;
    }

    private void submit(Random random) {
        String queue = random.nextInt(3) == 0 ? "slow" : null;
        List<String> limits = switch (random.nextInt(4)) {
            case 0 -> List.of("gpu");
            case 1 -> List.of("openai");
            case 2 -> List.of("gpu", "openai");
            default -> List.of();
        };
        String submitter = random.nextBoolean() ? "ann" : "bob";
        queued.add(fixture.submit(fixture.job(submitter, 1 + random.nextInt(3), "work", 0, queue, limits, Map.of())));
    }
}

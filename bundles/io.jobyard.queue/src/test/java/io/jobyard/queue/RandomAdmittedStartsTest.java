// SPDX-License-Identifier: Apache-2.0
package io.jobyard.queue;

import static org.assertj.core.api.Assertions.assertThat;

import io.jobyard.api.JobId;
import io.jobyard.api.JobStatus;
import io.jobyard.spi.jobs.Move;
import io.jobyard.spi.jobs.Slots;
import io.jobyard.spi.jobs.StoredJob;
import io.jobyard.spi.store.ClaimCandidate;
import io.jobyard.testkit.store.Moves;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Two hosts get the same jobs, and one of them starts jobs in their admission: both start the same jobs in the same order. */
class RandomAdmittedStartsTest {

    private static final int WORKERS = 4;

    /** One host with its workers. */
    private static final class Host {
        private final LanesFixture fixture = new LanesFixture();
        private final StoredClaims claims = new StoredClaims(
                fixture.lanes,
                fixture.store,
                fixture.store,
                new LimitUseWriter(fixture.lanes, fixture.store, event -> {}));
        private final List<JobId> started = new ArrayList<>();
        private final List<JobId> running = new ArrayList<>();
        private int early;

        Host(boolean startsAdmitted) {
            fixture.limit("two", "running.max", "2");
            fixture.limit("slots", "running.max", "4");
            fixture.limit("slow", "rate.requests", "1/m burst 3");
            fixture.queue("narrow", "running.max", "1");
            if (startsAdmitted) {
                fixture.store.startWith(claims);
                claims.startAdmitted(() -> new Slots(room(), 0), this::start, runs -> {
                    early += runs.size();
                    runs.forEach(run -> add(run.stored().id()));
                });
            }
        }

        private Move start(StoredJob job, ClaimCandidate position) {
            return Moves.start(job, fixture.store, position.queue());
        }

        private int room() {
            return WORKERS - running.size();
        }

        private void add(JobId id) {
            started.add(id);
            running.add(id);
            fixture.lanes.draws.begun(id);
        }

        /** Starts all that may start, one after the other. */
        void claim() throws InterruptedException {
            for (int before = -1; before < started.size(); ) {
                before = started.size();
                claims.claim(() -> new Slots(Math.min(1, room()), 0), Duration.ZERO, this::start)
                        .forEach(run -> add(run.stored().id()));
            }
        }

        void submit(Random random) {
            String submitter = "s" + random.nextInt(3);
            int level = 4 + random.nextInt(2);
            String queue = random.nextInt(6) == 0 ? "narrow" : null;
            List<String> limits = switch (random.nextInt(8)) {
                case 0, 1 -> List.of("two");
                case 2 -> List.of("slow");
                case 3 -> List.of("slots");
                default -> List.of();
            };
            Map<String, Double> estimate =
                    limits.contains("slots") ? Map.of("slots.slots", 1.0 + random.nextInt(4)) : Map.of();
            fixture.submit(fixture.job(submitter, level, "work", 0, queue, limits, estimate));
        }

        void end(int which) {
            JobId id = running.remove(which);
            fixture.store
                    .move(Moves.complete(fixture.store.job(id).orElseThrow(), "{}"))
                    .join();
            assertThat(fixture.store.job(id).orElseThrow().status()).isEqualTo(JobStatus.COMPLETED);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void bothStartTheSameJobsInTheSameOrder(long seed) throws InterruptedException {
        Random random = new Random(seed);
        Host one = new Host(true);
        Host other = new Host(false);
        List<Host> both = List.of(one, other);
        for (int step = 0; step < 400; step++) {
            long next = random.nextLong();
            int running = other.running.size();
            int which = running == 0 || random.nextInt(100) < 50 ? -1 : random.nextInt(running);
            Duration passed = Duration.ofSeconds(random.nextInt(30));
            for (Host host : both) {
                host.fixture.clock.advance(passed);
                if (which < 0) {
                    host.submit(new Random(next));
                } else {
                    host.end(which);
                }
                host.claim();
            }
            assertThat(one.started).as("seed %s, step %s", seed, step).isEqualTo(other.started);
        }
        assertThat(one.early).isPositive();
        assertThat(one.fixture.views()).isEqualTo(other.fixture.views());
    }
}

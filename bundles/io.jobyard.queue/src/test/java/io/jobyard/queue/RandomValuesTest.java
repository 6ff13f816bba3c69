// SPDX-License-Identifier: Apache-2.0
package io.jobyard.queue;

import static org.assertj.core.api.Assertions.assertThat;

import io.jobyard.api.JobId;
import io.jobyard.api.JobStatus;
import io.jobyard.spi.jobs.LaneKey;
import io.jobyard.spi.jobs.ReadyJob;
import io.jobyard.spi.jobs.StoredJob;
import io.jobyard.spi.store.ClaimCandidate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A limit that counts values apart: lanes and the plain model are given the same; they must take the same. */
class RandomValuesTest {

    private static final int STEPS = 3_000;

    private final LanesFixture fixture = new LanesFixture();
    private final LaneOrderModel model = new LaneOrderModel();
    private final Map<String, Integer> running = new HashMap<>();
    private final Map<JobId, String> valueOf = new HashMap<>();
    private final List<ClaimCandidate> inHand = new ArrayList<>();
    private final List<JobId> started = new ArrayList<>();
    private final List<JobId> queued = new ArrayList<>();
    private final List<JobId> waiting = new ArrayList<>();

    /** Values of the jobs that have started and have not ended. */
    private final Map<JobId, String> held = new HashMap<>();

    private int max = 1;
    private boolean isStrict;
    private boolean shut;

    static List<Long> seeds() {
        Random random = new Random();
        return LongStream.concat(LongStream.range(1, 7), random.longs(4))
                .boxed()
                .toList();
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void lanesTakeWhatTheModelTakes(long seed) {
        Random random = new Random(seed);
        int values = seed % 2 == 0 ? 5 : 100;
        int submitters = seed % 3 == 0 ? 2 : 8;
        fixture.settings = new QueueSettings(10, 0, 10, BacklogBounds.NONE);
        fixture.shut(lane -> shut && lane.type().equals("t1"));
        configure(random);
        for (int step = 0; step < STEPS; step++) {
            act(random, values, submitters);
            if (step % 10 == 0) {
                fixture.requireSums();
            }
        }
    }

    private void act(Random random, int values, int submitters) {
        int dice = random.nextInt(1_000);
        if (dice < 400) {
            arrive(random, values, submitters);
        } else if (dice < 650) {
            takeOne();
        } else if (dice < 780) {
            startOne(random);
        } else if (dice < 900) {
            endOne(random);
        } else if (dice < 915) {
            wakeOne(random);
        } else if (dice < 930) {
            cancelOne(random);
        } else if (dice < 970) {
            putBackOne(random);
        } else if (dice < 990) {
            shut = !shut;
        } else {
            configure(random);
        }
        if (random.nextInt(3) == 0) {
            fixture.clock.advance(Duration.ofMillis(random.nextInt(3)));
        }
    }

    private void configure(Random random) {
        isStrict = random.nextBoolean();
        max = isStrict ? 1 : 1 + random.nextInt(3);
        fixture.limit(
                "models",
                "running.max",
                String.valueOf(max),
                "key",
                "payload.model",
                "order",
                isStrict ? "strict" : "ready");
    }

    private void arrive(Random random, int values, int submitters) {
        String value = "models=m" + random.nextInt(values);
        StoredJob job = fixture.job(
                "s" + random.nextInt(submitters),
                1 + random.nextInt(2),
                "t" + random.nextInt(2),
                0,
                null,
                List.of(value),
                Map.of());
        fixture.submit(job);
        valueOf.put(job.id(), value);
        queued.add(job.id());
        model.arrive(LaneKey.of(job), position(job));
    }

    private void takeOne() {
        Optional<ClaimCandidate> expected =
                model.take(lane -> !(shut && lane.type().equals("t1"))
                        && running.getOrDefault(lane.limits().get(0), 0) < max
                        && !(isStrict
                                && !lane.handler().hasBegun()
                                && held.containsValue(lane.limits().get(0))));
        assertThat(fixture.take(1)).isEqualTo(expected.map(List::of).orElse(List.of()));
        expected.ifPresent(taken -> {
            inHand.add(taken);
            queued.remove(taken.position().id());
            running.merge(valueOf.get(taken.position().id()), 1, Integer::sum);
        });
    }

    private void startOne(Random random) {
        if (!inHand.isEmpty()) {
            ClaimCandidate taken = inHand.remove(random.nextInt(inHand.size()));
            fixture.move(taken.position().id(), JobStatus.RUNNING);
            model.leave(taken.lane(), taken.position());
            started.add(taken.position().id());
            held.put(taken.position().id(), valueOf.get(taken.position().id()));
        }
    }

    private void endOne(Random random) {
        if (!started.isEmpty()) {
            JobId id = started.remove(random.nextInt(started.size()));
            running.merge(valueOf.get(id), -1, Integer::sum);
            if (random.nextInt(4) == 0) {
                fixture.move(id, JobStatus.QUEUED);
                StoredJob job = fixture.store.job(id).orElseThrow();
                queued.add(id);
                model.arrive(LaneKey.of(job), position(job));
            } else if (random.nextInt(3) == 0) {
                fixture.move(id, JobStatus.WAITING);
                waiting.add(id);
            } else {
                fixture.move(id, JobStatus.COMPLETED);
                held.remove(id);
            }
        }
    }

    private void wakeOne(Random random) {
        if (!waiting.isEmpty()) {
            JobId id = waiting.remove(random.nextInt(waiting.size()));
            fixture.move(id, JobStatus.QUEUED);
            StoredJob job = fixture.store.job(id).orElseThrow();
            queued.add(id);
            model.arrive(LaneKey.of(job), position(job));
        }
    }

    private void cancelOne(Random random) {
        if (!queued.isEmpty()) {
            JobId id = queued.remove(random.nextInt(queued.size()));
            StoredJob job = fixture.store.job(id).orElseThrow();
            fixture.move(id, JobStatus.CANCELLED);
            held.remove(id);
            model.leave(LaneKey.of(job), position(job));
        }
    }

    private void putBackOne(Random random) {
        if (!inHand.isEmpty()) {
            ClaimCandidate taken = inHand.remove(random.nextInt(inHand.size()));
            fixture.lanes.claims.settle(List.of(taken), List.of());
            running.merge(valueOf.get(taken.position().id()), -1, Integer::sum);
            model.putBack(taken);
            queued.add(taken.position().id());
        }
    }

    private static ReadyJob position(StoredJob job) {
        return new ReadyJob(job.books().readyAt(), job.id());
    }
}

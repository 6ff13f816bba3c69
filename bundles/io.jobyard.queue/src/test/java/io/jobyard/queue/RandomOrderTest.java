// SPDX-License-Identifier: Apache-2.0
package io.jobyard.queue;

import static org.assertj.core.api.Assertions.assertThat;

import io.jobyard.api.JobChange;
import io.jobyard.api.JobId;
import io.jobyard.api.JobStatus;
import io.jobyard.doubles.FakeCommitListener;
import io.jobyard.spi.jobs.LaneCount;
import io.jobyard.spi.jobs.LaneKey;
import io.jobyard.spi.jobs.ReadyJob;
import io.jobyard.spi.jobs.StoredJob;
import io.jobyard.spi.store.ClaimCandidate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Lanes and the plain model are given the same; they must take the same. */
class RandomOrderTest {

    private static final int STEPS = 4_000;
    private static final String DECOY = "decoy";

    private final LanesFixture fixture = new LanesFixture();
    private final LaneOrderModel model = new LaneOrderModel();
    private final Set<String> shutTypes = new HashSet<>();
    private final List<ClaimCandidate> inHand = new ArrayList<>();
    private final List<JobId> running = new ArrayList<>();
    private final List<JobId> queued = new ArrayList<>();

    static List<Long> seeds() {
        Random random = new Random();
        List<Long> seeds = new ArrayList<>(List.of(1L, 2L, 3L));
        for (int i = 0; i < 2; i++) {
            seeds.add(random.nextLong()); // shown in the test's name, so that a failure can be repeated
        }
        return seeds;
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void lanesTakeWhatTheModelTakes(long seed) {
        Random random = new Random(seed);
        fixture.settings = new QueueSettings(10, 0, 10, BacklogBounds.NONE);
        fixture.shut(lane -> shutTypes.contains(lane.type()));
        if (seed % 2 == 0) {
            makeWindowsSmall();
        }
        for (int step = 0; step < STEPS; step++) {
            act(random);
        }
        shutTypes.removeIf(type -> !type.equals(DECOY));
        while (takeOne()) {
            // both agree to the last
        }
    }

    /** Many lanes that are shut leave each window few places. The model, which takes none of them, need not know them. */
    private void makeWindowsSmall() {
        shutTypes.add(DECOY);
        for (int i = 0; i < 7_000; i++) {
            fixture.submit(fixture.job("decoy" + i % 5, 10, DECOY + i));
        }
        fixture.shut(RandomOrderTest::isDecoy);
    }

    private void act(Random random) {
        int dice = random.nextInt(1_000);
        if (dice < 450) {
            arriveSome(random);
        } else if (dice < 750) {
            takeOne();
        } else if (dice < 850) {
            startOne(random);
        } else if (dice < 880) {
            giveBackOne(random);
        } else if (dice < 900) {
            changeOne(random);
        } else if (dice < 920) {
            cancelOne(random);
        } else if (dice < 950) {
            putBackOne(random);
        } else if (dice < 995) {
            toggle("t" + random.nextInt(3));
        } else {
            reopen();
        }
        if (random.nextInt(3) == 0) {
            fixture.clock.advance(Duration.ofMillis(random.nextInt(3)));
        }
    }

    private void arriveSome(Random random) {
        int count = random.nextInt(20) == 0 ? 60 : 1;
        String submitter = "s" + random.nextInt(6);
        int level = 1 + random.nextInt(3);
        String type = "t" + random.nextInt(3);
        for (int i = 0; i < count; i++) {
            arrive(fixture.job(submitter, level, type));
        }
    }

    private void arrive(StoredJob job) {
        fixture.submit(job);
        queued.add(job.id());
        model.arrive(lane(job), position(job));
    }

    private boolean takeOne() {
        Optional<ClaimCandidate> expected = model.take(lane -> !shutTypes.contains(lane.type()));
        assertThat(fixture.take(1)).isEqualTo(expected.map(List::of).orElse(List.of()));
        expected.ifPresent(taken -> {
            inHand.add(taken);
            queued.remove(taken.position().id());
        });
        return expected.isPresent();
    }

    private void startOne(Random random) {
        if (!inHand.isEmpty()) {
            ClaimCandidate taken = inHand.remove(random.nextInt(inHand.size()));
            fixture.move(taken.position().id(), JobStatus.RUNNING);
            model.leave(taken.lane(), taken.position());
            running.add(taken.position().id());
        }
    }

    private void giveBackOne(Random random) {
        if (!running.isEmpty()) {
            JobId id = running.remove(random.nextInt(running.size()));
            fixture.move(id, JobStatus.QUEUED);
            StoredJob job = fixture.store.job(id).orElseThrow();
            queued.add(id);
            model.arrive(lane(job), position(job));
        }
    }

    private void cancelOne(Random random) {
        if (!queued.isEmpty()) {
            JobId id = queued.remove(random.nextInt(queued.size()));
            StoredJob job = fixture.store.job(id).orElseThrow();
            fixture.move(id, JobStatus.CANCELLED);
            model.leave(lane(job), position(job));
        }
    }

    private void changeOne(Random random) {
        if (!queued.isEmpty()) {
            JobId id = queued.get(random.nextInt(queued.size()));
            StoredJob job = fixture.store.job(id).orElseThrow();
            JobChange change = random.nextBoolean()
                    ? new JobChange().priority(1 + random.nextInt(3))
                    : new JobChange().label("n", "" + random.nextInt());
            StoredJob changed = fixture.change(id, change);
            model.leave(lane(job), position(job));
            model.arrive(lane(changed), position(changed));
        }
    }

    private void putBackOne(Random random) {
        if (!inHand.isEmpty()) {
            ClaimCandidate taken = inHand.remove(random.nextInt(inHand.size()));
            fixture.lanes.claims.settle(List.of(taken), List.of());
            model.putBack(taken);
            queued.add(taken.position().id());
        }
    }

    private void toggle(String type) {
        if (!shutTypes.remove(type)) {
            shutTypes.add(type);
        }
    }

    private void reopen() {
        Lanes same = fixture.lanes;
        fixture.store.listen(FakeCommitListener.ofOpening(snapshot -> {
            same.follower.opened(snapshot);
            Map<LaneKey, List<ReadyJob>> jobs = new HashMap<>();
            List<LaneCount> known = snapshot.lanes().stream()
                    .filter(lane -> !isDecoy(lane.lane()))
                    .toList();
            known.forEach(lane -> jobs.put(lane.lane(), fixture.store.ready(lane.lane(), null, Integer.MAX_VALUE)));
            model.opened(known, jobs);
        }));
        inHand.forEach(taken -> queued.add(taken.position().id()));
        inHand.clear();
    }

    private static boolean isDecoy(LaneKey lane) {
        return lane.type().startsWith(DECOY);
    }

    private static LaneKey lane(StoredJob job) {
        return LaneKey.of(job);
    }

    private static ReadyJob position(StoredJob job) {
        return new ReadyJob(job.books().readyAt(), job.id());
    }
}

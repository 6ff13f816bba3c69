// SPDX-License-Identifier: Apache-2.0
package io.jobyard.queue;

import static org.assertj.core.api.Assertions.assertThat;

import io.jobyard.api.JobChange;
import io.jobyard.api.JobId;
import io.jobyard.api.JobStatus;
import io.jobyard.api.Reason;
import io.jobyard.doubles.FakeCommitListener;
import io.jobyard.spi.jobs.ReadyJob;
import io.jobyard.spi.store.ClaimCandidate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A host that has followed the leader until it becomes it decides like one that has just read all from the store. */
class RandomTakeOverTest {

    private static final int TAKEOVERS = 40;
    private static final int ALL = 10_000;

    private final LanesFixture fixture = new LanesFixture();
    private final HostsFixture hosts = fixture.hosts;
    private final List<JobId> queued = new ArrayList<>();
    private final List<JobId> running = new ArrayList<>();
    private int seen;

    static List<Long> seeds() {
        Random random = new Random();
        return List.of(1L, 2L, 3L, random.nextLong(), random.nextLong()); // shown, so that a failure can be repeated
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void itTakesWhatAHostThatBeginsTakes(long seed) {
        Random random = new Random(seed);
        fixture.settings = new QueueSettings(10, 0, 10, BacklogBounds.NONE);
        fixture.limit("gpu", "running.max", "4");
        hosts.other(2, 100, HostsFixture.handler("t0", "1.0.0"));
        for (int takeover = 0; takeover < TAKEOVERS; takeover++) {
            hosts.leader(false);
            hosts.elsewhere = true; // all that is committed now
            for (int step = 0; step < 60; step++) {
                act(random);
            }
            hosts.elsewhere = false;
            fixture.requireSums();
            List<ReadyJob> warm = takeOver();
            Lanes same = fixture.lanes;
            fixture.store.listen(FakeCommitListener.ofOpening(same.follower::opened));
            hosts.leader(false);
            List<ReadyJob> cold = takeOver();
            assertThat(warm).isEqualTo(cold);
            seen += warm.size();
        }
        assertThat(seen).isGreaterThan(TAKEOVERS);
    }

    /** What it takes before anything else happens; all stands as before then. */
    private List<ReadyJob> takeOver() {
        hosts.leader(true);
        fixture.lanes.follower.takeOver(fixture.lanes.leadership.begins(), fixture.store.uses());
        List<ClaimCandidate> taken = fixture.take(ALL);
        fixture.lanes.claims.settle(taken, List.of());
        return taken.stream().map(ClaimCandidate::position).toList();
    }

    private void act(Random random) {
        int dice = random.nextInt(100);
        fixture.clock.advance(Duration.ofMillis(1));
        if (dice < 45) {
            submit(random);
        } else if (dice < 65 && !queued.isEmpty()) {
            JobId id = any(queued, random);
            hosts.starts(id, random.nextBoolean() ? HostsFixture.id(2) : new UUID(9, 77));
            running.add(id);
        } else if (dice < 75 && !running.isEmpty()) {
            hosts.commits(any(running, random), JobStatus.COMPLETED, null, LanesFixture.START, null);
            hosts.elsewhere = true;
        } else if (dice < 82 && !running.isEmpty()) {
            JobId id = any(running, random);
            hosts.commits(id, JobStatus.QUEUED, Reason.INTERRUPTED, null, null);
            hosts.elsewhere = true;
            queued.add(id);
        } else if (dice < 90 && !queued.isEmpty()) {
            hosts.commits(any(queued, random), JobStatus.CANCELLED, null, null, null);
            hosts.elsewhere = true;
        } else if (!queued.isEmpty()) {
            fixture.change(queued.get(random.nextInt(queued.size())), new JobChange().priority(1 + random.nextInt(3)));
        }
    }

    private void submit(Random random) {
        String type = "t" + random.nextInt(3);
        List<String> limits = random.nextInt(3) == 0 ? List.of("gpu") : List.of();
        queued.add(fixture.submit(fixture.job("ann", 1 + random.nextInt(3), type, 0, null, limits, Map.of())));
    }

    private static JobId any(List<JobId> ids, Random random) {
        return ids.remove(random.nextInt(ids.size()));
    }
}

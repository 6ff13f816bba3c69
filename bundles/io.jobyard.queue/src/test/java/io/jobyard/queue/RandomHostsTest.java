// SPDX-License-Identifier: Apache-2.0
package io.jobyard.queue;

import static org.assertj.core.api.Assertions.assertThat;

import io.jobyard.api.JobId;
import io.jobyard.api.JobStatus;
import io.jobyard.api.Reason;
import io.jobyard.spi.cluster.HostHandler;
import io.jobyard.spi.jobs.LaneKey;
import io.jobyard.spi.jobs.ReadyJob;
import io.jobyard.spi.jobs.StoredJob;
import io.jobyard.spi.store.ClaimCandidate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** With several hosts: the next in order that some host with room serves starts there, as the plain model says. */
class RandomHostsTest {

    private static final int STEPS = 3_000;
    private static final List<String> TYPES = List.of("t0", "t1", "t2", "t3");

    private final LanesFixture fixture = new LanesFixture();
    private final HostsFixture hosts = fixture.hosts;
    private final LaneOrderModel model = new LaneOrderModel();
    private final Set<String> here = new HashSet<>();
    /** What each other host offers, and how much room it has in all. */
    private final Map<UUID, Set<String>> serves = new HashMap<>();

    private final Map<UUID, Integer> rooms = new HashMap<>();
    private final Map<JobId, UUID> running = new HashMap<>();
    private int elsewhere;

    static List<Long> seeds() {
        Random random = new Random();
        return List.of(1L, 2L, 3L, random.nextLong(), random.nextLong()); // shown, so that a failure can be repeated
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void eachStartIsTheNextThatAHostWithRoomServes(long seed) {
        Random random = new Random(seed);
        fixture.settings = new QueueSettings(10, 0, 10, BacklogBounds.NONE);
        hosts.serves(here);
        hosts.told();
        for (int step = 0; step < STEPS; step++) {
            act(random);
        }
        assertThat(elsewhere).isGreaterThan(STEPS / 100);
    }

    private void act(Random random) {
        int dice = random.nextInt(100);
        if (dice < 40) {
            arrive(fixture.job("s" + random.nextInt(4), 1 + random.nextInt(3), any(random)));
        } else if (dice < 60) {
            take(random.nextInt(4));
        } else if (dice < 85) {
            endOne(random);
        } else if (dice < 90) {
            toggle(here, any(random));
        } else if (dice < 98) {
            offer(random);
        } else {
            leave(random);
        }
    }

    private static String any(Random random) {
        return TYPES.get(random.nextInt(TYPES.size()));
    }

    private static void toggle(Set<String> types, String type) {
        if (!types.remove(type)) {
            types.add(type);
        }
    }

    private void arrive(StoredJob job) {
        fixture.submit(job);
        model.arrive(LaneKey.of(job), position(job));
    }

    private static ReadyJob position(StoredJob job) {
        return new ReadyJob(job.books().readyAt(), job.id());
    }

    private void take(int room) {
        int[] left = {room};
        List<ClaimCandidate> taken = fixture.take(room);
        for (ClaimCandidate job : taken) {
            Optional<ClaimCandidate> expected = model.take(lane -> isServed(lane.type(), left[0]));
            assertThat(expected).hasValueSatisfying(next -> {
                assertThat(job.position()).isEqualTo(next.position());
                assertThat(job.lane()).isEqualTo(next.lane());
            });
            UUID on = fixture.store.incarnation();
            if (job.elsewhere() == null) {
                assertThat(here).contains(job.lane().type());
                left[0]--;
            } else {
                on = job.elsewhere().incarnation();
                assertThat(serves.get(on)).contains(job.lane().type());
                assertThat(free(on)).isPositive();
                elsewhere++;
            }
            running.put(job.position().id(), on);
        }
        assertThat(left[0]).isNotNegative();
        assertThat(model.take(lane -> isServed(lane.type(), left[0]))).isEmpty();
        taken.forEach(this::start);
    }

    private boolean isServed(String type, int left) {
        return left > 0 && here.contains(type)
                || serves.keySet().stream().anyMatch(id -> serves.get(id).contains(type) && free(id) > 0);
    }

    private long free(UUID id) {
        return rooms.get(id) - running.values().stream().filter(id::equals).count();
    }

    private void start(ClaimCandidate job) {
        hosts.starts(job.position().id(), running.get(job.position().id()));
        model.leave(job.lane(), job.position());
    }

    private void endOne(Random random) {
        if (!running.isEmpty()) {
            JobId id = List.copyOf(new TreeSet<>(running.keySet())).get(random.nextInt(running.size()));
            running.remove(id);
            if (random.nextInt(4) == 0) {
                hosts.commits(id, JobStatus.QUEUED, Reason.INTERRUPTED, null, null);
                StoredJob job = fixture.store.job(id).orElseThrow();
                model.arrive(LaneKey.of(job), position(job));
            } else {
                hosts.commits(id, JobStatus.COMPLETED, null, LanesFixture.START, null);
            }
        }
    }

    private void offer(Random random) {
        List<HostHandler> handlers = new ArrayList<>();
        Set<String> types = new HashSet<>();
        for (String type : TYPES) {
            if (random.nextInt(3) == 0) {
                types.add(type);
                handlers.add(HostsFixture.handler(type, "1.0.0"));
            }
        }
        int room = random.nextInt(5);
        UUID id = hosts.other(2 + random.nextInt(3), room, handlers.toArray(HostHandler[]::new));
        serves.put(id, types);
        rooms.put(id, room);
    }

    /** A host ends; what it had is lost, and comes back later. */
    private void leave(Random random) {
        UUID id = HostsFixture.id(2 + random.nextInt(3));
        hosts.ends(id);
        serves.remove(id);
        rooms.remove(id);
    }
}

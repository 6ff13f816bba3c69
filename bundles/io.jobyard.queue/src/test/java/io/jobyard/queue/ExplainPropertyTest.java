// SPDX-License-Identifier: Apache-2.0
package io.jobyard.queue;

import static org.assertj.core.api.Assertions.assertThat;

import io.jobyard.api.Blocker;
import io.jobyard.api.JobId;
import io.jobyard.api.JobStatus;
import io.jobyard.api.Pause;
import io.jobyard.api.PauseTarget;
import io.jobyard.spi.jobs.LaneKey;
import io.jobyard.spi.queue.Gate;
import io.jobyard.spi.queue.LaneView;
import io.jobyard.spi.store.ClaimCandidate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Over random states: the queue takes from a lane exactly when explain tells nothing that holds it. Over random situations of
 * one job, queued or waiting: all that holds it is named, and it starts once the last of that is over.
 */
class ExplainPropertyTest {

    private static final int STEPS = 250;
    private static final int SITUATIONS = 300;
    /** These are known to meet enough of everything. */
    private static final List<Long> KNOWN = List.of(1L, 2L, 3L);

    private final LanesFixture fixture = new LanesFixture();
    private final Set<String> shutTypes = new HashSet<>();
    private final List<JobId> running = new ArrayList<>();
    private int shutSeen;
    private int openSeen;
    private int openedInTime;
    private int keptSeen;

    static List<Long> seeds() {
        Random random = new Random();
        List<Long> seeds = new ArrayList<>(KNOWN);
        seeds.addAll(List.of(random.nextLong(), random.nextLong())); // shown, so that a failure can be repeated
        return seeds;
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void aLaneIsTakenExactlyWhenNothingHoldsIt(long seed) {
        Random random = new Random(seed);
        fixture.shut(lane -> shutTypes.contains(lane.type()));
        for (int step = 0; step < STEPS; step++) {
            act(random);
            fixture.views().forEach(view -> compare(view.lane()));
            theNextIsOneThatNothingHolds();
        }
        if (KNOWN.contains(seed)) {
            assertThat(shutSeen).isGreaterThan(STEPS);
            assertThat(openSeen).isGreaterThan(STEPS / 5);
            assertThat(openedInTime).isGreaterThan(3);
            assertThat(keptSeen).isGreaterThan(10);
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void allThatHoldsAJobIsNamedAndItStartsOnceAllOfThatIsOver(long seed) {
        Random random = new Random(seed);
        Map<String, Integer> met = new TreeMap<>();
        for (int n = 0; n < SITUATIONS; n++) {
            HeldJob held = new HeldJob(random);
            held.names().forEach(name -> met.merge(name, 1, Integer::sum));
            held.mustBeNamedUntilItStarts();
        }
        if (KNOWN.contains(seed)) {
            assertThat(met)
                    .hasSize(HeldJob.KINDS)
                    .allSatisfy((name, times) -> assertThat(times).as(name).isGreaterThan(SITUATIONS / 20));
        }
    }

    private void compare(LaneKey lane) {
        fixture.lanes.refills.readHead(lane);
        Gate only = shutOthers(lane); // who might keep something free
        List<Blocker> shutBy = shutBy(lane);
        fixture.gates.remove(only);
        boolean taken = takes(lane);
        assertThat(taken).as("%s, held by %s", lane, shutBy).isEqualTo(shutBy.isEmpty());
        if (taken) {
            openSeen++;
        } else {
            shutSeen++;
            if (shutSeen % 20 == 0) {
                opensWhenItSays(lane, shutBy);
            }
        }
    }

    /** When all that holds a lane ends by itself, it is open then and not a moment before. */
    private void opensWhenItSays(LaneKey lane, List<Blocker> shutBy) {
        List<Instant> ends =
                shutBy.stream().map(Blocker::until).filter(Objects::nonNull).toList();
        if (ends.size() < shutBy.size()) {
            return;
        }
        Instant end = ends.stream().max(Instant::compareTo).orElseThrow();
        fixture.clock.set(end.minusNanos(1_000));
        assertThat(takes(lane)).as("%s a moment before %s", lane, end).isFalse();
        fixture.clock.set(end);
        assertThat(takes(lane)).as("%s at %s", lane, end).isTrue();
        openedInTime++;
    }

    private List<Blocker> shutBy(LaneKey lane) {
        return fixture.lanes
                .overview
                .lane(lane, List.of())
                .map(LaneView::shutBy)
                .orElseThrow();
    }

    /** Whether the queue takes from the lane when there is no other; all is as before then. */
    private boolean takes(LaneKey lane) {
        Gate only = shutOthers(lane);
        List<ClaimCandidate> taken = fixture.take(1);
        fixture.lanes.claims.settle(taken, List.of());
        fixture.gates.remove(only);
        return !taken.isEmpty();
    }

    private Gate shutOthers(LaneKey lane) {
        return fixture.shut(other -> !other.type().equals(lane.type()));
    }

    private void theNextIsOneThatNothingHolds() {
        Map<LaneKey, List<Blocker>> shutBy =
                fixture.views().stream().collect(Collectors.toMap(LaneView::lane, LaneView::shutBy));
        keptSeen += (int) shutBy.values().stream()
                .filter(held -> held.stream().anyMatch(blocker -> blocker.gate().equals("reserved")))
                .count();
        List<ClaimCandidate> next = fixture.take(1);
        if (next.isEmpty()) {
            assertThat(shutBy.values()).allMatch(held -> !held.isEmpty());
        } else {
            assertThat(shutBy.get(next.get(0).lane())).isEmpty();
        }
        fixture.lanes.claims.settle(next, List.of());
    }

    private void act(Random random) {
        String queue = "q" + random.nextInt(3);
        String limit = "l" + random.nextInt(3);
        PauseTarget target = PauseTarget.queue(queue);
        switch (random.nextInt(15)) {
            case 0, 1, 2, 3 -> submit(random);
            case 4 -> fixture.start(1 + random.nextInt(2)).forEach(running::add);
            case 5 -> end(random);
            case 6 -> fixture.clock.advance(Duration.ofMillis(random.nextInt(20_000)));
            case 7 ->
                fixture.lanes.follower.paused(new Pause(target, "alice", fixture.clock.instant(), null, later(random)));
            case 8 -> fixture.lanes.follower.resumed(target);
            case 9 -> fixture.queue(queue, "running.max", "" + (1 + random.nextInt(3)), "rate", rate(random));
            case 10 -> fixture.limit(limit, "rate.requests", rate(random), "rate.tokens", rate(random));
            case 11 -> fixture.limit(limit, "running.max", "" + (1 + random.nextInt(3)), "rate.tokens", rate(random));
            case 12 -> useOrRefuse(random);
            case 13 -> restart();
            default -> shutTypes.removeIf(type -> !shutTypes.add("t" + random.nextInt(40)) || random.nextBoolean());
        }
    }

    private void submit(Random random) {
        String queue = random.nextInt(3) == 0 ? null : "q" + random.nextInt(3);
        List<String> limits = random.nextBoolean() ? List.of() : List.of("l" + random.nextInt(3), "l0");
        Map<String, Double> estimate = random.nextBoolean() ? Map.of() : Map.of("tokens", random.nextInt(40) / 2.0);
        int losses = random.nextInt(10) == 0 ? 2 : 0;
        String type = "t" + random.nextInt(40);
        int number = type.hashCode() % 3; // one lane for each type
        boolean known =
                fixture.views().stream().anyMatch(view -> view.lane().type().equals(type));
        if (!known) {
            fixture.submit(fixture.job("s" + number, 1 + random.nextInt(9), type, losses, queue, limits, estimate));
        }
    }

    private void restart() {
        fixture.lanes.allowances.takeChanged();
        running.forEach(id -> fixture.move(id, JobStatus.COMPLETED));
        running.clear();
        fixture.open();
    }

    private void end(Random random) {
        if (!running.isEmpty()) {
            fixture.move(running.remove(random.nextInt(running.size())), JobStatus.COMPLETED);
        }
    }

    private void useOrRefuse(Random random) {
        if (!running.isEmpty()) {
            JobId id = running.get(random.nextInt(running.size()));
            fixture.lanes.draws.used(id, "tokens", random.nextInt(30));
            if (random.nextInt(4) == 0) {
                fixture.lanes.draws.rateLimited(id, fixture.clock.instant().plusSeconds(random.nextInt(30)));
            }
        }
    }

    private Instant later(Random random) {
        return random.nextInt(3) == 0 ? null : fixture.clock.instant().plusSeconds(1 + random.nextInt(60));
    }

    private static String rate(Random random) {
        return (1 + random.nextInt(20)) + "/10s burst " + (1 + random.nextInt(15));
    }
}

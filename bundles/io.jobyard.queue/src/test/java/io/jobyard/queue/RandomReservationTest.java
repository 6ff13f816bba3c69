// SPDX-License-Identifier: Apache-2.0
package io.jobyard.queue;

import static org.assertj.core.api.Assertions.assertThat;

import io.jobyard.api.Blocker;
import io.jobyard.api.JobId;
import io.jobyard.api.JobStatus;
import io.jobyard.spi.jobs.StoredJob;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whatever arrives and ends: the first job of the best level starts after at most those that held its limits when it
 * became the first; nothing stands still but for it; and all jobs end.
 */
class RandomReservationTest {

    private static final int STEPS = 400;
    private static final List<Long> CHOSEN = List.of(1L, 2L, 3L, 4L);
    /** Some seeds have few jobs wait: of 2,000 the least had 19. */
    private static final int FEWEST = 5;

    private static final List<String> LIMITS = List.of("a", "b", "c", "d");

    private final LanesFixture fixture = new LanesFixture();
    private final Map<String, Integer> most = new HashMap<>();
    private final List<JobId> waiting = new ArrayList<>();
    private final List<JobId> running = new ArrayList<>();
    private JobId first;
    private Set<JobId> holders = Set.of();
    private int waited;

    static List<Long> seeds() {
        Random random = new Random();
        List<Long> seeds = new ArrayList<>(CHOSEN);
        seeds.add(random.nextLong()); // shown, so that a failure can be repeated
        seeds.add(random.nextLong());
        return seeds;
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void theFirstOfTheBestLevelStartsAfterAtMostThoseThatHoldItsLimits(long seed) {
        Random random = new Random(seed);
        for (String limit : LIMITS) {
            most.put(limit, 1 + random.nextInt(3));
            fixture.limit(limit, "running.max", "" + most.get(limit));
        }
        for (int step = 0; step < STEPS; step++) {
            act(random);
            start();
            check();
        }
        assertThat(waited).isGreaterThan(CHOSEN.contains(seed) ? STEPS / 10 : FEWEST);
        while (!running.isEmpty()) {
            endOne(random);
            start();
            check();
        }
        assertThat(queued()).isEmpty();
    }

    private void start() {
        List<JobId> started = fixture.start(99);
        if (first != null && started.stream().anyMatch(id -> fixture.level(id) < fixture.level(first))) {
            first = null; // what comes first may pass, and counts among those that hold
        }
        running.addAll(started);
        waiting.removeAll(started);
    }

    private void act(Random random) {
        int chance = random.nextInt(100);
        if (chance < 45) {
            submit(random);
        } else if (chance < 90) {
            endOne(random);
        } else {
            fixture.clock.advance(Duration.ofSeconds(random.nextInt(40)));
        }
    }

    /** Of each level one submitter, so that the oldest is the first. */
    private void submit(Random random) {
        Set<String> limits = new TreeSet<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            limits.add(LIMITS.get(random.nextInt(LIMITS.size())));
        }
        int level = random.nextInt(4) == 0 ? 1 + random.nextInt(2) : 3;
        fixture.clock.advance(Duration.ofMillis(1));
        waiting.add(fixture.submitLimited("of level " + level, level, Map.of(), limits.toArray(String[]::new)));
    }

    private void endOne(Random random) {
        if (!running.isEmpty()) {
            fixture.move(running.remove(random.nextInt(running.size())), JobStatus.COMPLETED);
        }
    }

    private void check() {
        Optional<StoredJob> now = queued().stream()
                .min(Comparator.<StoredJob>comparingInt(
                                job -> job.job().terms().routing().priority())
                        .thenComparing(job -> job.books().readyAt()));
        JobId before = first;
        first = now.map(StoredJob::id).orElse(null);
        if (first == null) {
            return;
        }
        Set<String> needs = Set.copyOf(now.get().job().terms().demand().limits());
        Set<JobId> holding = new HashSet<>();
        running.stream()
                .filter(id -> needs.stream().anyMatch(limits(id)::contains))
                .forEach(holding::add);
        if (!first.equals(before)) {
            holders = holding;
        }
        if (needs.size() > 1) { // an aged job may come before one that needs one place
            waited++;
            assertThat(holding)
                    .as("%s waits for %s, held by others than at first", first, needs)
                    .anyMatch(holders::contains);
        }
        queued().forEach(this::nothingStandsStillButForReserved);
    }

    /** What holds a job is full, or will be by those before it, or is kept for one that comes before it. */
    private void nothingStandsStillButForReserved(StoredJob job) {
        List<Blocker> shutBy = fixture.view(job.id()).shutBy();
        assertThat(shutBy).isNotEmpty();
        boolean full = job.job().terms().demand().limits().stream()
                .anyMatch(limit -> running.stream()
                                .filter(id -> limits(id).contains(limit))
                                .count()
                        >= most.get(limit));
        assertThat(full
                        || shutBy.stream().allMatch(blocker -> blocker.gate().equals("reserved"))
                        || shutBy.stream().anyMatch(blocker -> blocker.detail().contains("with the jobs before it")))
                .as("%s by %s", job.id(), shutBy)
                .isTrue();
    }

    private List<String> limits(JobId id) {
        return fixture.store.job(id).orElseThrow().job().terms().demand().limits();
    }

    private List<StoredJob> queued() {
        return waiting.stream().map(id -> fixture.store.job(id).orElseThrow()).toList();
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.jobyard.queue;

import static org.assertj.core.api.Assertions.assertThat;

import io.jobyard.api.Blocker;
import io.jobyard.api.Finding;
import io.jobyard.api.JobId;
import io.jobyard.api.JobStatus;
import io.jobyard.api.LimitStatus;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Jobs that take more than one place of a limit. */
class SlotsTest {

    private final LanesFixture fixture = new LanesFixture();

    @Test
    void aJobTakesAllItsPlacesOrNoneAndGivesThemBack() {
        fixture.limit("gpu", "running.max", "3");
        JobId one = submit(2);
        JobId two = submit(2);
        assertThat(fixture.start(9)).containsExactly(one);
        assertThat(fixture.view(two).shutBy())
                .containsExactly(
                        new Blocker("limit", "gpu: 2 slots of running.max 3 are taken, the next job needs 2", null));
        assertThat(status().jobs().running()).isEqualTo(1);
        assertThat(status().jobs().slots()).isEqualTo(2);
        fixture.move(one, JobStatus.COMPLETED);
        assertThat(fixture.start(9)).containsExactly(two);
        fixture.move(two, JobStatus.COMPLETED);
        assertThat(status().jobs().slots()).isZero();
    }

    @Test
    void aJobThatTakesSeveralIsNotPassedForEverByThoseThatTakeOne() {
        fixture.limit("gpu", "running.max", "3");
        fixture.submitLimited("bulk", 5, Map.of(), "gpu");
        fixture.submitLimited("bulk", 5, Map.of(), "gpu");
        fixture.submitLimited("bulk", 5, Map.of(), "gpu");
        List<JobId> running = new ArrayList<>(fixture.start(9));
        JobId large = submit(3);
        for (int n = 0; n < 20; n++) {
            fixture.submitLimited("bulk", 5, Map.of(), "gpu");
        }
        fixture.start(9);
        int passed = 0;
        while (!running.isEmpty()) {
            fixture.clock.advance(Duration.ofMillis(1));
            fixture.move(running.remove(0), JobStatus.COMPLETED);
            List<JobId> started = fixture.start(9);
            if (started.contains(large)) {
                break;
            }
            passed += started.size();
            running.addAll(started);
        }
        assertThat(fixture.store.job(large).orElseThrow().job().status()).isEqualTo(JobStatus.RUNNING);
        assertThat(passed).isLessThanOrEqualTo(1);
    }

    @Test
    void whoIsKeptFromAPlaceIsToldForWhom() {
        fixture.limit("gpu", "running.max", "3");
        JobId holder = submit(2);
        fixture.start(1);
        fixture.clock.advance(Duration.ofMillis(1));
        JobId large = submit(3);
        fixture.clock.advance(Duration.ofMillis(1));
        JobId small = fixture.submitLimited("ann", 5, Map.of(), "gpu");
        assertThat(fixture.start(9)).isEmpty();
        assertThat(fixture.view(small).shutBy())
                .containsExactly(new Blocker(
                        "reserved",
                        "limit gpu: its next 3 slots, reserved for job " + large
                                + " of priority 5, which waits for more",
                        null));
        fixture.move(holder, JobStatus.COMPLETED);
        assertThat(fixture.start(9)).containsExactly(large);
    }

    @Test
    void oneThatNeedsMoreThanThereAreHoldsNobodyAndTheDoctorTellsOfIt() {
        fixture.limit("gpu", "running.max", "4");
        JobId large = submit(4);
        fixture.limit("gpu", "running.max", "3");
        JobId small = fixture.submitLimited("ann", 5, Map.of(), "gpu");
        assertThat(fixture.start(9)).containsExactly(small);
        assertThat(fixture.view(large).shutBy())
                .extracting(Blocker::detail)
                .containsExactly("gpu: 1 slots of running.max 3 are taken, the next job needs 4, more than exists:"
                        + " raise running.max, or cancel the job");
        assertThat(fixture.lanes.findings.findings())
                .extracting(Finding::problem)
                .containsExactly("a ready job takes 4 slots, but running.max is 3: it can never start");
        fixture.move(small, JobStatus.COMPLETED);
        fixture.limit("gpu", "running.max", "4");
        assertThat(fixture.start(9)).containsExactly(large);
    }

    @Test
    void eachValueOfAKeyHasPlacesOfItsOwn() {
        fixture.limit("tenants", "running.max", "3", "key", "label.tenant");
        JobId one = tenant("acme", 2);
        tenant("acme", 2);
        JobId other = tenant("beta", 3);
        assertThat(fixture.start(9)).containsExactlyInAnyOrder(one, other);
        assertThat(status().jobs().slots()).isEqualTo(5);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 100})
    void withinAValueItIsNotPassedForEverEither(int values) {
        fixture.limit("tenants", "running.max", "3", "key", "label.tenant");
        for (int n = 1; n < values; n++) {
            tenant("t" + n, 1);
        }
        List<JobId> running = new ArrayList<>();
        for (int n = 0; n < 3; n++) {
            running.add(tenant("acme", 1));
        }
        assertThat(fixture.start(9 + values)).containsAll(running);
        fixture.clock.advance(Duration.ofMillis(1));
        JobId large = tenant("acme", 3);
        for (int n = 0; n < 20; n++) {
            fixture.clock.advance(Duration.ofMillis(1));
            tenant("acme", 1);
        }
        int passed = 0;
        while (!running.contains(large)) {
            assertThat(passed).isLessThan(4);
            fixture.move(running.remove(0), JobStatus.COMPLETED);
            List<JobId> started = fixture.start(9);
            running.addAll(started);
            passed += started.size();
        }
        assertThat(running).containsExactly(large);
    }

    @Test
    void theSameJobMayTakeOtherNumbersOfOtherLimits() {
        fixture.limit("gpu", "running.max", "2");
        fixture.limit("cpu", "running.max", "8");
        JobId job = fixture.submitLimited("ann", 5, Map.of("slots.gpu", 2.0, "slots.cpu", 7.0), "cpu", "gpu");
        JobId cpu = fixture.submitLimited("ann", 5, Map.of(), "cpu");
        fixture.submitLimited("ann", 5, Map.of(), "cpu");
        assertThat(fixture.start(9)).containsExactly(job, cpu);
    }

    @Test
    void afterAStartOfTheHostThePlacesAreThoseOfTheRunsThatThereAre() {
        fixture.limit("gpu", "running.max", "4");
        JobId one = submit(3);
        fixture.start(9);
        fixture.open();
        assertThat(status().jobs().slots()).isEqualTo(3);
        JobId two = submit(2);
        assertThat(fixture.start(9)).isEmpty();
        fixture.move(one, JobStatus.COMPLETED);
        assertThat(fixture.start(9)).containsExactly(two);
    }

    /** Never more slots than there are, and every job runs once it is its turn. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void noMorePlacesAreTakenThanThereAreAndAllJobsRun(long seed) {
        Random random = new Random(seed);
        fixture.limit("gpu", "running.max", "5");
        fixture.limit("cpu", "running.max", "3");
        Map<JobId, Integer> gpus = new HashMap<>();
        List<JobId> running = new ArrayList<>();
        int completed = 0;
        for (int n = 0; n < 400; n++) {
            fixture.clock.advance(Duration.ofMillis(1));
            int gpu = 1 + random.nextInt(5);
            int cpu = random.nextInt(4);
            String submitter = "s" + random.nextInt(3);
            int level = 4 + random.nextInt(2);
            gpus.put(
                    cpu == 0
                            ? fixture.submitLimited(submitter, level, slots("gpu", gpu), "gpu")
                            : fixture.submitLimited(
                                    submitter,
                                    level,
                                    Map.of("slots.gpu", (double) gpu, "slots.cpu", (double) cpu),
                                    "cpu",
                                    "gpu"),
                    gpu);
            if (random.nextInt(3) > 0) {
                running.addAll(fixture.start(1 + random.nextInt(4)));
            }
            if (n % 100 == 50) {
                fixture.open();
            }
            while (!running.isEmpty() && random.nextBoolean()) {
                fixture.move(running.remove(random.nextInt(running.size())), JobStatus.COMPLETED);
                completed++;
            }
            assertThat(running.stream().mapToInt(gpus::get).sum()).isLessThanOrEqualTo(5);
        }
        while (completed < 400) {
            running.addAll(fixture.start(9));
            assertThat(running).as("some job starts").isNotEmpty();
            assertThat(running.stream().mapToInt(gpus::get).sum()).isLessThanOrEqualTo(5);
            fixture.move(running.remove(random.nextInt(running.size())), JobStatus.COMPLETED);
            completed++;
        }
        assertThat(fixture.lanes.limits.limits()).allMatch(limit -> limit.jobs().slots() == 0);
    }

    private JobId submit(int positions) {
        return fixture.submitLimited("ann", 5, slots("gpu", positions), "gpu");
    }

    private JobId tenant(String value, int positions) {
        return fixture.submitLimited("ann", 5, slots("tenants", positions), "tenants=" + value);
    }

    private static Map<String, Double> slots(String limit, int positions) {
        return positions == 1 ? Map.of() : Map.of("slots." + limit, (double) positions);
    }

    private LimitStatus status() {
        return fixture.lanes.limits.limits().get(0);
    }
}

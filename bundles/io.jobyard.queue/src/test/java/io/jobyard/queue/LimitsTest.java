// SPDX-License-Identifier: Apache-2.0
package io.jobyard.queue;

import static org.assertj.core.api.Assertions.assertThat;

import io.jobyard.api.Blocker;
import io.jobyard.api.JobId;
import io.jobyard.api.JobStatus;
import io.jobyard.api.LimitStatus;
import io.jobyard.api.spi.LaneKey;
import io.jobyard.api.spi.Taken;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What jobs draw on: several units at once, reserved at the start and settled at the end. */
class LimitsTest {

    private final Yard yard = new Yard();

    @Test
    void aStartDrawsOneRequestUnlessTheJobSaysOtherwise() {
        yard.limit("openai", "rate.requests", "60/m burst 10");
        yard.submitLimited("a", 5, Map.of(), "openai");
        yard.submitLimited("a", 5, Map.of("requests", 4.5), "openai");
        yard.submitLimited("a", 5, Map.of("requests", 0.0), "openai");

        assertThat(yard.start(9)).hasSize(3);

        assertThat(level("openai", "requests")).isEqualTo(10 - 1 - 4.5);
    }

    @Test
    void severalUnitsAreDrawnTogetherOrNotAtAll() {
        yard.limit("openai", "rate.requests", "60/m burst 10", "rate.tokens", "1000/m burst 1000");
        yard.limit("gpu", "running.max", "1");
        JobId first = yard.submitLimited("a", 5, Map.of("tokens", 600.0), "openai", "gpu");
        JobId second = yard.submitLimited("b", 5, Map.of("tokens", 600.0), "openai", "gpu");
        assertThat(yard.start(9)).containsExactly(first);

        assertThat(level("openai", "requests")).isEqualTo(9);
        assertThat(level("openai", "tokens")).isEqualTo(400);
        assertThat(yard.view(second).shutBy())
                .containsExactly(
                        new Blocker("limit", "gpu: 1 of running.max 1 run", null),
                        new Blocker(
                                "limit",
                                "openai: tokens 400 of 1000/m, the next job needs 600",
                                Yard.START.plusSeconds(12)));

        yard.move(first, JobStatus.COMPLETED);
        yard.clock.advance(Duration.ofSeconds(12).minusNanos(1_000));
        assertThat(yard.start(9)).isEmpty();
        yard.clock.advance(Duration.ofNanos(1_000));
        assertThat(yard.start(9)).containsExactly(second);
    }

    @Test
    void aJobIsToldItsOwnTimeNotThatOfTheFirstOfItsLane() {
        yard.limit("openai", "rate.requests", "60/m burst 2");
        List<JobId> jobs = Stream.generate(() -> yard.submitLimited("a", 5, Map.of(), "openai"))
                .limit(5)
                .toList();
        assertThat(yard.view(jobs.get(1)).shutBy()).isEmpty();
        assertThat(yard.view(jobs.get(4)).shutBy())
                .containsExactly(new Blocker(
                        "limit",
                        "openai: requests 2 of 60/m, with those before it the job needs 5",
                        Yard.START.plusSeconds(3)));

        assertThat(yard.start(9)).containsExactly(jobs.get(0), jobs.get(1));
        for (JobId job : jobs.subList(2, 5)) {
            Instant until = yard.view(job).shutBy().get(0).until();
            yard.clock.set(until.minusNanos(1_000));
            assertThat(yard.start(9)).as("before " + until).isEmpty();
            yard.clock.set(until);
            assertThat(yard.start(9)).containsExactly(job);
        }
    }

    @Test
    void theAmountsOfThoseBeforeAJobCount() {
        yard.limit("openai", "rate.tokens", "60/m burst 100");
        yard.submitLimited("a", 5, Map.of("tokens", 90.0), "openai");
        yard.submitLimited("a", 5, Map.of("tokens", 30.0), "openai");
        JobId third = yard.submitLimited("a", 5, Map.of("tokens", 10.0), "openai");

        assertThat(yard.view(third).shutBy()).extracting(Blocker::until).containsExactly(Yard.START.plusSeconds(30));
    }

    @Test
    void aLargeEstimateWaitsAtTheHeadOfItsLaneAndOtherLanesGoOn() {
        yard.limit("openai", "rate.tokens", "1000/m burst 1000");
        yard.submitLimited("a", 5, Map.of("tokens", 900.0), "openai");
        yard.start(1);
        JobId large = yard.submitLimited("a", 5, Map.of("tokens", 1_000.0), "openai");
        JobId behind = yard.submitLimited("a", 5, Map.of("tokens", 1.0), "openai");
        JobId other = yard.submitLimited("b", 5, Map.of("tokens", 10.0), "openai");
        JobId free = yard.submit("a", 5);

        assertThat(yard.start(9)).containsExactlyInAnyOrder(other, free);

        yard.clock.advance(Duration.ofMinutes(1));
        assertThat(yard.start(1)).containsExactly(large);
        assertThat(yard.start(1)).isEmpty();
        yard.clock.advance(Duration.ofMillis(60));
        assertThat(yard.start(1)).containsExactly(behind);
    }

    @Test
    void estimatesAreKnownAgainAfterARestart() {
        yard.limit("openai", "rate.tokens", "1000/m burst 1000");
        yard.submitLimited("a", 5, Map.of("tokens", 700.0), "openai");
        JobId second = yard.submitLimited("a", 5, Map.of("tokens", 700.0), "openai");
        yard.open();
        JobId third = yard.submitLimited("a", 5, Map.of("tokens", 1_700.0), "openai");
        yard.lanes.readHead(LaneKey.of(yard.store.job(third).orElseThrow()));

        assertThat(yard.start(9)).hasSize(1);
        assertThat(level("openai", "tokens")).isEqualTo(300);
        assertThat(yard.view(second).shutBy()).hasSize(1);
    }

    @Test
    void whatIsUsedBeyondTheEstimateIsDrawnAtOnceAndHoldsTheNext() {
        yard.limit("openai", "rate.tokens", "100000/m burst 1000");
        JobId running = yard.submitLimited("a", 5, Map.of("tokens", 100.0), "openai");
        yard.start(1);
        JobId next = yard.submitLimited("b", 5, Map.of(), "openai");

        yard.lanes.used(running, "tokens", 60);
        assertThat(level("openai", "tokens")).isEqualTo(900);
        yard.lanes.used(running, "tokens", 1_752);
        yard.lanes.used(running, "characters", 5);

        assertThat(level("openai", "tokens")).isEqualTo(-812);
        assertThat(yard.view(next).shutBy())
                .containsExactly(
                        new Blocker("limit", "openai: tokens −812 of 100000/m", Yard.START.plusNanos(487_200_000)));
        assertThat(yard.start(9)).isEmpty();

        yard.clock.advance(Duration.ofNanos(487_200_000));
        assertThat(yard.start(9)).containsExactly(next);
    }

    @Test
    void whatWasEstimatedAndNotUsedComesBackIfTheUseWasTold() {
        yard.limit("openai", "rate.tokens", "60/m burst 1000", "rate.usd", "1/h burst 10");
        JobId told = yard.submitLimited("a", 5, Map.of("tokens", 500.0, "usd", 2.0), "openai");
        JobId silent = yard.submitLimited("a", 5, Map.of("tokens", 300.0), "openai");
        yard.start(2);
        assertThat(level("openai", "tokens")).isEqualTo(200);

        yard.lanes.used(told, "tokens", 120);
        yard.move(told, JobStatus.COMPLETED);
        yard.move(silent, JobStatus.FAILED);

        assertThat(level("openai", "tokens")).isEqualTo(1_000 - 120 - 300);
        assertThat(level("openai", "usd")).isEqualTo(8);
    }

    @Test
    void whatDidNotStartHasDrawnNothing() {
        yard.limit("openai", "running.max", "5", "rate.requests", "60/m burst 10");
        for (int i = 0; i < 3; i++) {
            yard.submitLimited("a", 5, Map.of(), "openai");
        }
        List<Taken> taken = yard.take(3);
        assertThat(level("openai", "requests")).isEqualTo(7);

        yard.lanes.putBack(taken.subList(0, 1));
        yard.lanes.forget(taken.subList(1, 2));
        yard.move(taken.get(2).place().id(), JobStatus.CANCELLED);

        assertThat(level("openai", "requests")).isEqualTo(10);
        assertThat(limit("openai").running()).isZero();
    }

    @Test
    void theLimitsOfAHandlerCountBesideTheJobsOwn() {
        yard.limit("gpu", "running.max", "1");
        yard.limit("openai", "running.max", "3");
        yard.submitLimited("a", 5, Map.of(), "openai");
        yard.submitLimited("a", 5, Map.of(), "openai");
        yard.handlers.limits.put("work", Set.of("gpu"));
        assertThat(yard.start(9)).hasSize(1);

        yard.handlers.limits.put("work", Set.of());
        assertThat(yard.start(9)).hasSize(1);
        assertThat(limit("openai").running()).isEqualTo(2);
    }

    @Test
    void aLimitThatNobodyConfiguredHoldsItsJobs() {
        JobId id = yard.submitLimited("a", 5, Map.of(), "typo");
        JobId free = yard.submit("a", 5);
        assertThat(yard.start(9)).containsExactly(free);
        assertThat(yard.view(id).shutBy())
                .containsExactly(new Blocker("limit", "typo: no configuration io.jobyard.limits-typo", null));
        assertThat(yard.lanes.ask(Overview::findings))
                .singleElement()
                .satisfies(finding -> assertThat(finding.fix()).contains("etc/io.jobyard.limits-typo.cfg"));

        yard.limit("typo", "running.max", "1");
        assertThat(yard.start(9)).containsExactly(id);
    }

    @Test
    void aLimitTakenAwayUnderLoadHoldsItsJobsAndLosesNothing() {
        yard.limit("openai", "running.max", "2");
        List<JobId> all = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            all.add(yard.submitLimited("a", 5, Map.of(), "openai"));
        }
        List<JobId> first = yard.start(9);
        assertThat(first).hasSize(2);

        yard.limit("openai", (LimitSettings) null);
        yard.move(first.get(0), JobStatus.COMPLETED);
        assertThat(yard.start(9)).isEmpty();

        yard.limit("openai", "running.max", "3");
        assertThat(yard.start(9)).hasSize(2);
        yard.limit("openai", "running.max", "1");
        assertThat(yard.start(9)).isEmpty();
        yard.limit("openai", "running.max", "100");
        assertThat(yard.start(9)).hasSize(6);
        assertThat(limit("openai").running()).isEqualTo(9);
        assertThat(all).hasSize(10);
    }

    @Test
    void aChangedRateKeepsWhatWasUsed() {
        yard.limit("openai", "rate.requests", "60/m burst 10");
        for (int i = 0; i < 20; i++) {
            yard.submitLimited("a", 5, Map.of(), "openai");
        }
        assertThat(yard.start(20)).hasSize(10);
        yard.limit("openai", "rate.requests", "600/m burst 12");
        assertThat(yard.start(20)).hasSize(2);
        yard.limit("openai", "running.max", "50");
        assertThat(yard.start(2)).hasSize(2);
        yard.limit("openai", "rate.requests", "600/m burst 12");
        assertThat(yard.start(20)).isEmpty();
    }

    @Test
    void aLimitThatRefusedAJobIsShutUntilThen() {
        yard.limit("openai", "running.max", "9");
        JobId refused = yard.submitLimited("a", 5, Map.of(), "openai");
        JobId free = yard.submit("b", 5);
        yard.start(2);
        JobId next = yard.submitLimited("c", 5, Map.of(), "openai");
        Instant until = Yard.START.plusSeconds(30);

        assertThat(yard.lanes.rateLimited(refused, until)).isTrue();
        assertThat(yard.lanes.rateLimited(refused, until.minusSeconds(5))).isTrue();
        assertThat(yard.lanes.rateLimited(free, until)).isFalse();

        assertThat(yard.start(9)).isEmpty();
        assertThat(yard.view(next).shutBy())
                .containsExactly(new Blocker("limit", "openai: the other side refused a job for a while", until));
        yard.clock.advance(Duration.ofSeconds(30));
        assertThat(yard.start(9)).containsExactly(next);
    }

    @Test
    void levelsAndRefusalsOutliveTheHost() {
        yard.limit("openai", "rate.requests", "60/m burst 10");
        yard.limit("other", "running.max", "9");
        JobId refused = yard.submitLimited("a", 5, Map.of(), "other");
        for (int i = 0; i < 15; i++) {
            yard.submitLimited("a", 5, Map.of(), "openai");
        }
        assertThat(yard.start(20)).hasSize(11);
        yard.lanes.rateLimited(refused, Yard.START.plusSeconds(60));
        new LevelStore(yard.lanes, yard.store).store();

        yard.open();

        JobId next = yard.submitLimited("a", 5, Map.of(), "other");
        assertThat(yard.start(20)).isEmpty();
        assertThat(level("openai", "requests")).isZero();
        yard.clock.advance(Duration.ofSeconds(3));
        assertThat(yard.start(20)).hasSize(3).doesNotContain(next);
    }

    private LimitStatus limit(String name) {
        return yard.lanes.ask(Overview::limits).stream()
                .filter(limit -> limit.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private double level(String name, String unit) {
        return limit(name).rates().stream()
                .filter(rate -> rate.unit().equals(unit))
                .findFirst()
                .orElseThrow()
                .level();
    }
}

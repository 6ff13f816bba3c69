// SPDX-License-Identifier: Apache-2.0
package io.jobyard.queue;

import static org.assertj.core.api.Assertions.assertThat;

import io.jobyard.api.Blocker;
import io.jobyard.api.Finding;
import io.jobyard.api.JobId;
import io.jobyard.api.JobStatus;
import io.jobyard.api.LimitStatus;
import io.jobyard.queue.RunDraws.RefusalEffect;
import io.jobyard.spi.jobs.LaneKey;
import io.jobyard.spi.store.ClaimCandidate;
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

    private final LanesFixture fixture = new LanesFixture();

    @Test
    void aStartDrawsOneRequestUnlessTheJobSaysOtherwise() {
        fixture.limit("openai", "rate.requests", "60/m burst 10");
        fixture.submitLimited("a", 5, Map.of(), "openai");
        fixture.submitLimited("a", 5, Map.of("requests", 4.5), "openai");
        fixture.submitLimited("a", 5, Map.of("requests", 0.0), "openai");

        assertThat(fixture.start(9)).hasSize(3);

        assertThat(level("openai", "requests")).isEqualTo(10 - 1 - 4.5);
    }

    @Test
    void severalUnitsAreDrawnTogetherOrNotAtAll() {
        fixture.limit("openai", "rate.requests", "60/m burst 10", "rate.tokens", "1000/m burst 1000");
        fixture.limit("gpu", "running.max", "1");
        JobId first = fixture.submitLimited("a", 5, Map.of("tokens", 600.0), "openai", "gpu");
        JobId second = fixture.submitLimited("b", 5, Map.of("tokens", 600.0), "openai", "gpu");
        assertThat(fixture.start(9)).containsExactly(first);

        assertThat(level("openai", "requests")).isEqualTo(9);
        assertThat(level("openai", "tokens")).isEqualTo(400);
        assertThat(fixture.view(second).shutBy())
                .containsExactly(
                        new Blocker("limit", "gpu: 1 of running.max 1 run", null),
                        new Blocker(
                                "limit",
                                "openai: tokens 400 of 1000/m, the next job needs 600",
                                LanesFixture.START.plusSeconds(12)));

        fixture.move(first, JobStatus.COMPLETED);
        fixture.clock.advance(Duration.ofSeconds(12).minusNanos(1_000));
        assertThat(fixture.start(9)).isEmpty();
        fixture.clock.advance(Duration.ofNanos(1_000));
        assertThat(fixture.start(9)).containsExactly(second);
    }

    @Test
    void aJobIsToldItsOwnTimeNotThatOfTheFirstOfItsLane() {
        fixture.limit("openai", "rate.requests", "60/m burst 2");
        List<JobId> jobs = Stream.generate(() -> fixture.submitLimited("a", 5, Map.of(), "openai"))
                .limit(5)
                .toList();
        assertThat(fixture.view(jobs.get(1)).shutBy()).isEmpty();
        assertThat(fixture.view(jobs.get(4)).shutBy())
                .containsExactly(new Blocker(
                        "limit",
                        "openai: requests 2 of 60/m, and with the jobs before it the job needs 5",
                        LanesFixture.START.plusSeconds(3)));

        assertThat(fixture.start(9)).containsExactly(jobs.get(0), jobs.get(1));
        for (JobId job : jobs.subList(2, 5)) {
            Instant until = fixture.view(job).shutBy().get(0).until();
            fixture.clock.set(until.minusNanos(1_000));
            assertThat(fixture.start(9)).as("before " + until).isEmpty();
            fixture.clock.set(until);
            assertThat(fixture.start(9)).containsExactly(job);
        }
    }

    @Test
    void theAmountsOfThoseBeforeAJobCount() {
        fixture.limit("openai", "rate.tokens", "60/m burst 100");
        fixture.submitLimited("a", 5, Map.of("tokens", 90.0), "openai");
        fixture.submitLimited("a", 5, Map.of("tokens", 30.0), "openai");
        JobId third = fixture.submitLimited("a", 5, Map.of("tokens", 10.0), "openai");

        assertThat(fixture.view(third).shutBy())
                .extracting(Blocker::until)
                .containsExactly(LanesFixture.START.plusSeconds(30));
    }

    @Test
    void aLargeEstimateWaitsAtTheHeadOfItsLaneAndOtherLanesGoOn() {
        fixture.limit("openai", "rate.tokens", "1000/m burst 1000");
        fixture.submitLimited("a", 5, Map.of("tokens", 900.0), "openai");
        fixture.start(1);
        JobId large = fixture.submitLimited("a", 5, Map.of("tokens", 1_000.0), "openai");
        JobId behind = fixture.submitLimited("a", 5, Map.of("tokens", 1.0), "openai");
        JobId other = fixture.submitLimited("b", 5, Map.of("tokens", 10.0), "openai");
        JobId free = fixture.submit("a", 5);

        assertThat(fixture.start(9)).containsExactlyInAnyOrder(other, free);

        fixture.clock.advance(Duration.ofMinutes(1));
        assertThat(fixture.start(1)).containsExactly(large);
        assertThat(fixture.start(1)).isEmpty();
        fixture.clock.advance(Duration.ofMillis(60));
        assertThat(fixture.start(1)).containsExactly(behind);
    }

    @Test
    void aBudgetComesBackWithTheNextMonthOfItsZone() {
        fixture.limit("openai", "budget.usd", "100/month", "budget.zone", "America/New_York");
        JobId first = fixture.submitLimited("a", 5, Map.of("usd", 80.0), "openai");
        JobId second = fixture.submitLimited("a", 5, Map.of("usd", 30.0), "openai");
        assertThat(fixture.start(9)).containsExactly(first);

        Instant next = Instant.parse("2030-01-01T05:00:00Z"); // the fixture begins in December there
        assertThat(fixture.view(second).shutBy())
                .containsExactly(new Blocker(
                        "limit",
                        "openai: usd 20 of 100/month, counted since 2029-12-01T05:00:00Z, the next job needs 30",
                        next));
        fixture.store.remember(fixture.lanes.allowances.takeChanged()).join();
        fixture.open();
        fixture.clock.set(next.minusNanos(1_000));
        assertThat(fixture.start(9)).isEmpty();
        fixture.clock.set(next);
        assertThat(fixture.start(9)).containsExactly(second);
    }

    @Test
    void eachTenantHasABudgetOfItsOwn() {
        fixture.limit("tenants", "budget.usd", "10/w", "key", "label.tenant");
        fixture.submitLimited("a", 5, Map.of("usd", 10.0), "tenants=acme");
        JobId waits = fixture.submitLimited("a", 5, Map.of("usd", 1.0), "tenants=acme");
        JobId other = fixture.submitLimited("a", 5, Map.of("usd", 1.0), "tenants=beta");
        assertThat(fixture.start(9)).hasSize(2).contains(other);
        fixture.clock.set(Instant.parse("2030-01-07T00:00:00Z")); // a Monday
        assertThat(fixture.start(9)).containsExactly(waits);
    }

    @Test
    void aJobThatNeedsMoreThanTheWholeBudgetIsTold() {
        fixture.limit("openai", "budget.usd", "10/d");
        fixture.submitLimited("a", 5, Map.of("usd", 11.0), "openai");
        assertThat(fixture.lanes.findings.findings())
                .extracting(Finding::subject)
                .containsExactly("budget of limit openai");
    }

    @Test
    void estimatesAreKnownAgainAfterARestart() {
        fixture.limit("openai", "rate.tokens", "1000/m burst 1000");
        fixture.submitLimited("a", 5, Map.of("tokens", 700.0), "openai");
        JobId second = fixture.submitLimited("a", 5, Map.of("tokens", 700.0), "openai");
        fixture.open();
        JobId third = fixture.submitLimited("a", 5, Map.of("tokens", 1_700.0), "openai");
        fixture.lanes.refills.readHead(LaneKey.of(fixture.store.job(third).orElseThrow()));

        assertThat(fixture.start(9)).hasSize(1);
        assertThat(level("openai", "tokens")).isEqualTo(300);
        assertThat(fixture.view(second).shutBy()).hasSize(1);
    }

    @Test
    void whatIsUsedBeyondTheEstimateIsDrawnAtOnceAndHoldsTheNext() {
        fixture.limit("openai", "rate.tokens", "100000/m burst 1000");
        JobId running = fixture.submitLimited("a", 5, Map.of("tokens", 100.0), "openai");
        fixture.start(1);
        JobId next = fixture.submitLimited("b", 5, Map.of(), "openai");

        fixture.lanes.draws.used(running, "tokens", 60);
        assertThat(level("openai", "tokens")).isEqualTo(900);
        fixture.lanes.draws.used(running, "tokens", 1_752);
        fixture.lanes.draws.used(running, "characters", 5);

        assertThat(level("openai", "tokens")).isEqualTo(-812);
        assertThat(fixture.view(next).shutBy())
                .containsExactly(new Blocker(
                        "limit", "openai: tokens −812 of 100000/m", LanesFixture.START.plusNanos(487_200_000)));
        assertThat(fixture.start(9)).isEmpty();

        fixture.clock.advance(Duration.ofNanos(487_200_000));
        assertThat(fixture.start(9)).containsExactly(next);
    }

    @Test
    void whatWasEstimatedAndNotUsedComesBackIfTheUseWasTold() {
        fixture.limit("openai", "rate.tokens", "60/m burst 1000", "rate.usd", "1/h burst 10");
        JobId told = fixture.submitLimited("a", 5, Map.of("tokens", 500.0, "usd", 2.0), "openai");
        JobId silent = fixture.submitLimited("a", 5, Map.of("tokens", 300.0), "openai");
        fixture.start(2);
        assertThat(level("openai", "tokens")).isEqualTo(200);

        fixture.lanes.draws.used(told, "tokens", 120);
        fixture.move(told, JobStatus.COMPLETED);
        fixture.move(silent, JobStatus.FAILED);

        assertThat(level("openai", "tokens")).isEqualTo(1_000 - 120 - 300);
        assertThat(level("openai", "usd")).isEqualTo(8);
    }

    @Test
    void whatDidNotStartHasDrawnNothing() {
        fixture.limit("openai", "running.max", "5", "rate.requests", "60/m burst 10");
        for (int i = 0; i < 3; i++) {
            fixture.submitLimited("a", 5, Map.of(), "openai");
        }
        List<ClaimCandidate> taken = fixture.take(3);
        assertThat(level("openai", "requests")).isEqualTo(7);

        fixture.lanes.claims.settle(taken.subList(0, 1), List.of());
        fixture.lanes.claims.settle(taken.subList(1, 2), taken.subList(1, 2));
        fixture.move(taken.get(2).position().id(), JobStatus.CANCELLED);

        assertThat(level("openai", "requests")).isEqualTo(10);
        assertThat(limit("openai").jobs().running()).isZero();
    }

    @Test
    void theLimitsOfAHandlerCountBesideTheJobsOwn() {
        fixture.limit("gpu", "running.max", "1");
        fixture.limit("openai", "running.max", "3");
        fixture.submitLimited("a", 5, Map.of(), "openai");
        fixture.submitLimited("a", 5, Map.of(), "openai");
        fixture.handlers.limits.put("work", Set.of("gpu"));
        assertThat(fixture.start(9)).hasSize(1);

        fixture.handlers.limits.put("work", Set.of());
        assertThat(fixture.start(9)).hasSize(1);
        assertThat(limit("openai").jobs().running()).isEqualTo(2);
    }

    @Test
    void aLimitThatNobodyConfiguredHoldsItsJobs() {
        JobId id = fixture.submitLimited("a", 5, Map.of(), "typo");
        JobId free = fixture.submit("a", 5);
        assertThat(fixture.start(9)).containsExactly(free);
        assertThat(fixture.view(id).shutBy())
                .containsExactly(new Blocker("limit", "typo: missing configuration io.jobyard.limits-typo", null));
        assertThat(fixture.lanes.findings.findings())
                .singleElement()
                .satisfies(finding -> assertThat(finding.fix()).contains("etc/io.jobyard.limits-typo.cfg"));

        fixture.limit("typo", "running.max", "1");
        assertThat(fixture.start(9)).containsExactly(id);
    }

    @Test
    void aLimitTakenAwayUnderLoadHoldsItsJobsAndLosesNothing() {
        fixture.limit("openai", "running.max", "2");
        List<JobId> all = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            all.add(fixture.submitLimited("a", 5, Map.of(), "openai"));
        }
        List<JobId> first = fixture.start(9);
        assertThat(first).hasSize(2);

        fixture.limit("openai", (LimitSettings) null);
        fixture.move(first.get(0), JobStatus.COMPLETED);
        assertThat(fixture.start(9)).isEmpty();

        fixture.limit("openai", "running.max", "3");
        assertThat(fixture.start(9)).hasSize(2);
        fixture.limit("openai", "running.max", "1");
        assertThat(fixture.start(9)).isEmpty();
        fixture.limit("openai", "running.max", "100");
        assertThat(fixture.start(9)).hasSize(6);
        assertThat(limit("openai").jobs().running()).isEqualTo(9);
        assertThat(all).hasSize(10);
    }

    @Test
    void aChangedRateKeepsWhatWasUsed() {
        fixture.limit("openai", "rate.requests", "60/m burst 10");
        for (int i = 0; i < 20; i++) {
            fixture.submitLimited("a", 5, Map.of(), "openai");
        }
        assertThat(fixture.start(20)).hasSize(10);
        fixture.limit("openai", "rate.requests", "600/m burst 12");
        assertThat(fixture.start(20)).hasSize(2);
        fixture.limit("openai", "running.max", "50");
        assertThat(fixture.start(2)).hasSize(2);
        fixture.limit("openai", "rate.requests", "600/m burst 12");
        assertThat(fixture.start(20)).isEmpty();
    }

    @Test
    void aLimitThatRefusedAJobIsShutUntilThen() {
        fixture.limit("openai", "running.max", "9");
        JobId refused = fixture.submitLimited("a", 5, Map.of(), "openai");
        JobId free = fixture.submit("b", 5);
        fixture.start(2);
        JobId next = fixture.submitLimited("c", 5, Map.of(), "openai");
        Instant until = LanesFixture.START.plusSeconds(30);

        assertThat(fixture.lanes.draws.rateLimited(refused, until)).isEqualTo(RefusalEffect.APPLIED);
        assertThat(fixture.lanes.draws.rateLimited(refused, until.minusSeconds(5)))
                .isEqualTo(RefusalEffect.MERGED);
        assertThat(fixture.lanes.draws.rateLimited(free, until)).isEqualTo(RefusalEffect.UNLIMITED);

        assertThat(fixture.start(9)).isEmpty();
        assertThat(fixture.view(next).shutBy())
                .containsExactly(new Blocker("limit", "openai: the provider currently refuses more", until));
        fixture.clock.advance(Duration.ofSeconds(30));
        assertThat(fixture.start(9)).containsExactly(next);
    }

    @Test
    void levelsAndRefusalsOutliveTheHost() {
        fixture.limit("openai", "rate.requests", "60/m burst 10");
        fixture.limit("other", "running.max", "9");
        JobId refused = fixture.submitLimited("a", 5, Map.of(), "other");
        for (int i = 0; i < 15; i++) {
            fixture.submitLimited("a", 5, Map.of(), "openai");
        }
        assertThat(fixture.start(20)).hasSize(11);
        fixture.lanes.draws.rateLimited(refused, LanesFixture.START.plusSeconds(60));
        new LimitUseWriter(fixture.lanes, fixture.store, passed -> {}).store();

        fixture.open();

        JobId next = fixture.submitLimited("a", 5, Map.of(), "other");
        assertThat(fixture.start(20)).isEmpty();
        assertThat(level("openai", "requests")).isZero();
        fixture.clock.advance(Duration.ofSeconds(3));
        assertThat(fixture.start(20)).hasSize(3).doesNotContain(next);
    }

    private LimitStatus limit(String name) {
        return fixture.lanes.limits.limits().stream()
                .filter(limit -> limit.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private double level(String name, String unit) {
        return limit(name).rates().stream()
                .filter(rate -> rate.unit().equals(unit))
                .findFirst()
                .orElseThrow()
                .remaining();
    }
}

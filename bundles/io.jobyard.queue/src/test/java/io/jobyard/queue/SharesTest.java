// SPDX-License-Identifier: Apache-2.0
package io.jobyard.queue;

import static org.assertj.core.api.Assertions.assertThat;

import io.jobyard.api.Blocker;
import io.jobyard.api.JobId;
import io.jobyard.api.JobStatus;
import io.jobyard.api.spi.LaneKey;
import io.jobyard.api.spi.Quota;
import io.jobyard.api.spi.Quotas.Share;
import io.jobyard.api.spi.Rate;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What a submitter's roles let start, and what explain says of the rest. */
class SharesTest {

    private static final Instant TOMORROW = Yard.START.plus(Duration.ofDays(1));

    private final Yard yard = new Yard();

    @Test
    void aJobIsToldThePeriodInWhichItsTurnComes() {
        yard.quotas(budget("ann", "500/d"));
        List<JobId> jobs = Stream.generate(() -> yard.submitLimited("ann", 5, Map.of("tokens", 250.0)))
                .limit(5)
                .toList();
        Instant tomorrow = Yard.START.truncatedTo(ChronoUnit.DAYS).plus(Duration.ofDays(1));

        assertThat(yard.view(jobs.get(1)).shutBy()).isEmpty();
        assertThat(yard.view(jobs.get(2)).shutBy()).extracting(Blocker::until).containsExactly(tomorrow);
        assertThat(yard.view(jobs.get(4)).shutBy())
                .extracting(Blocker::until)
                .containsExactly(tomorrow.plus(Duration.ofDays(1)));
    }

    @Test
    void noMoreOfASubmitterRunThanItsRolesAllowAndOthersGoOn() {
        yard.quotas(running("ann", 2));
        List<JobId> anns = yard.submit(5, "ann", 5);
        yard.submit(3, "bob", 5);
        assertThat(yard.startersOf(10)).containsExactlyInAnyOrder("ann", "ann", "bob", "bob", "bob");
        assertThat(yard.view(anns.get(4)).shutBy())
                .containsExactly(new Blocker("role", "ann: 2 of running.max 2 run", null));
        yard.move(anns.get(0), JobStatus.COMPLETED);
        assertThat(yard.start(10)).hasSize(1);
    }

    @Test
    void whatMembersHaveTogetherHoldsAllOfThem() {
        yard.quotas(
                new Share("role llm in total (running.max)", running("any", 3).quota(), Set.of("ann", "bob")));
        yard.submit(5, "ann", 5);
        yard.submit(5, "bob", 5);
        yard.submit(1, "eve", 5);
        assertThat(yard.startersOf(20)).containsExactlyInAnyOrder("ann", "ann", "bob", "eve");
    }

    @Test
    void aRateLetsStartsThroughAndSaysWhenTheNextMay() {
        yard.quotas(new Share("ann", new Quota(null, null, null, Rate.parse("60/m burst 2"), Map.of()), Set.of("ann")));
        List<JobId> ids = yard.submit(3, "ann", 5);
        assertThat(yard.start(10)).hasSize(2);
        assertThat(yard.view(ids.get(2)).shutBy())
                .containsExactly(new Blocker("role", "ann: starts 0 of 60/m", Yard.START.plusSeconds(1)));
        yard.clock.advance(Duration.ofSeconds(1));
        assertThat(yard.start(10)).hasSize(1);
    }

    @Test
    void aBudgetHoldsUntilTheNextPeriodAndSaysSinceWhenItCounts() {
        yard.clock.advance(Duration.ofHours(5));
        yard.quotas(budget("ann", "500/d"));
        JobId first = estimated("ann", 400);
        JobId second = estimated("ann", 200);
        assertThat(yard.start(10)).containsExactly(first);
        assertThat(yard.view(second).shutBy())
                .containsExactly(new Blocker(
                        "role",
                        "ann: tokens 100 of 500/d, counted since " + Yard.START + ", the next job needs 200",
                        TOMORROW));
        yard.clock.advance(Duration.ofHours(18));
        assertThat(yard.start(10)).isEmpty();
        yard.clock.advance(Duration.ofHours(1));
        assertThat(yard.start(10)).containsExactly(second);
    }

    @Test
    void whatARunUsesBeyondItsEstimateCountsAndWhatItDoesNotUseComesBack() {
        yard.quotas(budget("ann", "500/d"));
        JobId thrifty = estimated("ann", 400);
        assertThat(yard.start(1)).containsExactly(thrifty);
        yard.lanes.used(thrifty, "tokens", 100);
        yard.move(thrifty, JobStatus.COMPLETED);
        JobId lavish = estimated("ann", 300);
        assertThat(yard.start(1)).containsExactly(lavish);
        yard.lanes.used(lavish, "tokens", 1_000);
        yard.submit("ann", 5);
        assertThat(yard.start(1)).isEmpty();
        yard.clock.advance(Duration.ofDays(2));
        assertThat(yard.start(1)).hasSize(1);
    }

    @Test
    void whatWasUsedBeyondABudgetIsCarriedIntoTheNextPeriodsAlsoOverARestart() {
        yard.quotas(budget("ann", "500/d"));
        JobId lavish = estimated("ann", 300);
        yard.start(1);
        yard.lanes.used(lavish, "tokens", 1_100);
        yard.move(lavish, JobStatus.COMPLETED);
        JobId next = estimated("ann", 400);
        assertThat(yard.view(next).shutBy())
                .containsExactly(new Blocker(
                        "role",
                        "ann: tokens −600 of 500/d, counted since " + Yard.START + ", the next job needs 400",
                        TOMORROW.plus(Duration.ofDays(1))));
        yard.store.levels(yard.lanes.takeLevels()).join();
        yard.clock.advance(Duration.ofDays(1));
        yard.open();
        yard.lanes.readHead(LaneKey.of(yard.store.job(next).orElseThrow()));

        assertThat(yard.start(1)).isEmpty();
        assertThat(yard.view(next).shutBy().get(0).detail()).contains("tokens −100 of 500/d");
        yard.clock.advance(Duration.ofDays(1));
        assertThat(yard.start(1)).containsExactly(next);
        estimated("ann", 1);
        assertThat(yard.start(1)).isEmpty();
    }

    @Test
    void aBudgetThatIsUsedUpExactlyOpensWithTheNextPeriodForWhateverFits() {
        yard.quotas(budget("ann", "500/d"));
        estimated("ann", 500);
        yard.start(1);
        JobId silent = yard.submit("ann", 5);
        JobId whole = estimated("ann", 500);
        assertThat(yard.view(silent).shutBy().get(0).until()).isEqualTo(TOMORROW);
        assertThat(yard.view(whole).shutBy().get(0).until()).isEqualTo(TOMORROW);
        yard.clock.advance(Duration.ofDays(1));
        assertThat(yard.start(9)).contains(whole);
    }

    @Test
    void whatIsGivenBackInTheNextPeriodIsNotOfThatOne() {
        yard.quotas(budget("ann", "500/d"));
        JobId old = estimated("ann", 500);
        yard.start(1);
        yard.clock.advance(Duration.ofDays(1));
        JobId fresh = estimated("ann", 500);
        assertThat(yard.start(1)).containsExactly(fresh);
        yard.lanes.used(old, "tokens", 1);
        yard.move(old, JobStatus.COMPLETED);
        estimated("ann", 1);
        assertThat(yard.start(1)).isEmpty();
    }

    @Test
    void whatABudgetCanNeverHoldIsToldUntilTheBudgetIsRaised() {
        yard.quotas(budget("ann", "1000/d"));
        JobId large = estimated("ann", 900);
        yard.quotas(budget("ann", "500/d"));
        yard.clock.advance(Duration.ofDays(3));
        assertThat(yard.start(1)).isEmpty();
        assertThat(yard.view(large).shutBy())
                .containsExactly(new Blocker(
                        "role",
                        "ann: tokens 500 of 500/d, the next job needs 900, more than all of it: raise the budget, or"
                                + " cancel the job",
                        null));
        assertThat(yard.lanes.ask(Overview::findings)).singleElement().satisfies(finding -> {
            assertThat(finding.subject()).isEqualTo("budget of ann");
            assertThat(finding.problem()).contains("tokens = 900").contains("500/d");
        });
        yard.quotas(budget("ann", "900/d"));
        assertThat(yard.start(1)).containsExactly(large);
        assertThat(yard.lanes.ask(Overview::findings)).isEmpty();
    }

    @Test
    void budgetsGoOnAfterARestart() {
        yard.quotas(budget("ann", "500/d"));
        estimated("ann", 333);
        yard.start(1);
        yard.store.levels(yard.lanes.takeLevels()).join();
        yard.open();
        JobId tooMuch = estimated("ann", 168);
        assertThat(yard.start(1)).isEmpty();
        assertThat(yard.view(tooMuch).shutBy().get(0).detail()).contains("tokens 167 of 500/d");
        JobId fits = yard.submitLimited("ann", 4, Map.of("tokens", 167.0));
        assertThat(yard.start(1)).containsExactly(fits);
    }

    @Test
    void aRoleThatComesWhileJobsRunCountsThem() {
        yard.submit(4, "ann", 5);
        yard.start(2);
        yard.quotas(running("ann", 2));
        assertThat(yard.start(1)).isEmpty();
        yard.quotas();
        assertThat(yard.start(10)).hasSize(2);
    }

    private JobId estimated(String submitter, double tokens) {
        return yard.submitLimited(submitter, 5, Map.of("tokens", tokens));
    }

    private static Share running(String submitter, int max) {
        return new Share(submitter, new Quota(null, null, max, null, Map.of()), Set.of(submitter));
    }

    private static Share budget(String submitter, String text) {
        return new Share(
                submitter, new Quota(null, null, null, null, Map.of("tokens", Rate.budget(text))), Set.of(submitter));
    }
}

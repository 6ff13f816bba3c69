// SPDX-License-Identifier: Apache-2.0
package io.jobyard.queue;

import static org.assertj.core.api.Assertions.assertThat;

import io.jobyard.api.Blocker;
import io.jobyard.api.JobId;
import io.jobyard.api.JobStatus;
import io.jobyard.spi.jobs.LaneKey;
import io.jobyard.spi.limits.Quota;
import io.jobyard.spi.limits.Quotas.QuotaShare;
import io.jobyard.spi.limits.Rate;
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

    private static final Instant TOMORROW = LanesFixture.START.plus(Duration.ofDays(1));

    private final LanesFixture fixture = new LanesFixture();

    @Test
    void aJobIsToldThePeriodInWhichItsTurnComes() {
        fixture.quotas(budget("ann", "500/d"));
        List<JobId> jobs = Stream.generate(() -> fixture.submitLimited("ann", 5, Map.of("tokens", 250.0)))
                .limit(5)
                .toList();
        Instant tomorrow = LanesFixture.START.truncatedTo(ChronoUnit.DAYS).plus(Duration.ofDays(1));

        assertThat(fixture.view(jobs.get(1)).shutBy()).isEmpty();
        assertThat(fixture.view(jobs.get(2)).shutBy())
                .extracting(Blocker::until)
                .containsExactly(tomorrow);
        assertThat(fixture.view(jobs.get(4)).shutBy())
                .extracting(Blocker::until)
                .containsExactly(tomorrow.plus(Duration.ofDays(1)));
    }

    @Test
    void noMoreOfASubmitterRunThanItsRolesAllowAndOthersGoOn() {
        fixture.quotas(running("ann", 2));
        List<JobId> anns = fixture.submit(5, "ann", 5);
        fixture.submit(3, "bob", 5);
        assertThat(fixture.startersOf(10)).containsExactlyInAnyOrder("ann", "ann", "bob", "bob", "bob");
        assertThat(fixture.view(anns.get(4)).shutBy())
                .containsExactly(new Blocker("role", "ann: 2 of running.max 2 run", null));
        fixture.move(anns.get(0), JobStatus.COMPLETED);
        assertThat(fixture.start(10)).hasSize(1);
    }

    @Test
    void whatMembersHaveTogetherHoldsAllOfThem() {
        fixture.quotas(new QuotaShare(
                "role llm in total (running.max)", running("any", 3).quota(), Set.of("ann", "bob")));
        fixture.submit(5, "ann", 5);
        fixture.submit(5, "bob", 5);
        fixture.submit(1, "eve", 5);
        assertThat(fixture.startersOf(20)).containsExactlyInAnyOrder("ann", "ann", "bob", "eve");
    }

    @Test
    void aRateLetsStartsThroughAndSaysWhenTheNextMay() {
        fixture.quotas(new QuotaShare(
                "ann", new Quota(null, null, null, Rate.parse("60/m burst 2"), Map.of()), Set.of("ann")));
        List<JobId> ids = fixture.submit(3, "ann", 5);
        assertThat(fixture.start(10)).hasSize(2);
        assertThat(fixture.view(ids.get(2)).shutBy())
                .containsExactly(new Blocker("role", "ann: starts 0 of 60/m", LanesFixture.START.plusSeconds(1)));
        fixture.clock.advance(Duration.ofSeconds(1));
        assertThat(fixture.start(10)).hasSize(1);
    }

    @Test
    void aBudgetHoldsUntilTheNextPeriodAndSaysSinceWhenItCounts() {
        fixture.clock.advance(Duration.ofHours(5));
        fixture.quotas(budget("ann", "500/d"));
        JobId first = estimated("ann", 400);
        JobId second = estimated("ann", 200);
        assertThat(fixture.start(10)).containsExactly(first);
        assertThat(fixture.view(second).shutBy())
                .containsExactly(new Blocker(
                        "role",
                        "ann: tokens 100 of 500/d, counted since " + LanesFixture.START + ", the next job needs 200",
                        TOMORROW));
        fixture.clock.advance(Duration.ofHours(18));
        assertThat(fixture.start(10)).isEmpty();
        fixture.clock.advance(Duration.ofHours(1));
        assertThat(fixture.start(10)).containsExactly(second);
    }

    @Test
    void whatARunUsesBeyondItsEstimateCountsAndWhatItDoesNotUseComesBack() {
        fixture.quotas(budget("ann", "500/d"));
        JobId thrifty = estimated("ann", 400);
        assertThat(fixture.start(1)).containsExactly(thrifty);
        fixture.lanes.draws.used(thrifty, "tokens", 100);
        fixture.move(thrifty, JobStatus.COMPLETED);
        JobId lavish = estimated("ann", 300);
        assertThat(fixture.start(1)).containsExactly(lavish);
        fixture.lanes.draws.used(lavish, "tokens", 1_000);
        fixture.submit("ann", 5);
        assertThat(fixture.start(1)).isEmpty();
        fixture.clock.advance(Duration.ofDays(2));
        assertThat(fixture.start(1)).hasSize(1);
    }

    @Test
    void whatWasUsedBeyondABudgetIsCarriedIntoTheNextPeriodsAlsoOverARestart() {
        fixture.quotas(budget("ann", "500/d"));
        JobId lavish = estimated("ann", 300);
        fixture.start(1);
        fixture.lanes.draws.used(lavish, "tokens", 1_100);
        fixture.move(lavish, JobStatus.COMPLETED);
        JobId next = estimated("ann", 400);
        assertThat(fixture.view(next).shutBy())
                .containsExactly(new Blocker(
                        "role",
                        "ann: tokens −600 of 500/d, counted since " + LanesFixture.START + ", the next job needs 400",
                        TOMORROW.plus(Duration.ofDays(1))));
        fixture.store.remember(fixture.lanes.allowances.takeChanged()).join();
        fixture.clock.advance(Duration.ofDays(1));
        fixture.open();
        fixture.lanes.refills.readHead(LaneKey.of(fixture.store.job(next).orElseThrow()));

        assertThat(fixture.start(1)).isEmpty();
        assertThat(fixture.view(next).shutBy().get(0).detail()).contains("tokens −100 of 500/d");
        fixture.clock.advance(Duration.ofDays(1));
        assertThat(fixture.start(1)).containsExactly(next);
        estimated("ann", 1);
        assertThat(fixture.start(1)).isEmpty();
    }

    @Test
    void aBudgetThatIsUsedUpExactlyOpensWithTheNextPeriodForWhateverFits() {
        fixture.quotas(budget("ann", "500/d"));
        estimated("ann", 500);
        fixture.start(1);
        JobId silent = fixture.submit("ann", 5);
        JobId whole = estimated("ann", 500);
        assertThat(fixture.view(silent).shutBy().get(0).until()).isEqualTo(TOMORROW);
        assertThat(fixture.view(whole).shutBy().get(0).until()).isEqualTo(TOMORROW);
        fixture.clock.advance(Duration.ofDays(1));
        assertThat(fixture.start(9)).contains(whole);
    }

    @Test
    void whatIsGivenBackInTheNextPeriodIsNotOfThatOne() {
        fixture.quotas(budget("ann", "500/d"));
        JobId old = estimated("ann", 500);
        fixture.start(1);
        fixture.clock.advance(Duration.ofDays(1));
        JobId fresh = estimated("ann", 500);
        assertThat(fixture.start(1)).containsExactly(fresh);
        fixture.lanes.draws.used(old, "tokens", 1);
        fixture.move(old, JobStatus.COMPLETED);
        estimated("ann", 1);
        assertThat(fixture.start(1)).isEmpty();
    }

    @Test
    void whatABudgetCanNeverHoldIsToldUntilTheBudgetIsRaised() {
        fixture.quotas(budget("ann", "1000/d"));
        JobId large = estimated("ann", 900);
        fixture.quotas(budget("ann", "500/d"));
        fixture.clock.advance(Duration.ofDays(3));
        assertThat(fixture.start(1)).isEmpty();
        assertThat(fixture.view(large).shutBy())
                .containsExactly(new Blocker(
                        "role",
                        "ann: tokens 500 of 500/d, the next job needs 900, more than the whole budget: raise the budget, or"
                                + " cancel the job",
                        null));
        assertThat(fixture.lanes.findings.findings()).singleElement().satisfies(finding -> {
            assertThat(finding.subject()).isEqualTo("budget of ann");
            assertThat(finding.problem()).contains("tokens = 900").contains("500/d");
        });
        fixture.quotas(budget("ann", "900/d"));
        assertThat(fixture.start(1)).containsExactly(large);
        assertThat(fixture.lanes.findings.findings()).isEmpty();
    }

    @Test
    void budgetsGoOnAfterARestart() {
        fixture.quotas(budget("ann", "500/d"));
        estimated("ann", 333);
        fixture.start(1);
        fixture.store.remember(fixture.lanes.allowances.takeChanged()).join();
        fixture.open();
        JobId tooMuch = estimated("ann", 168);
        assertThat(fixture.start(1)).isEmpty();
        assertThat(fixture.view(tooMuch).shutBy().get(0).detail()).contains("tokens 167 of 500/d");
        JobId fits = fixture.submitLimited("ann", 4, Map.of("tokens", 167.0));
        assertThat(fixture.start(1)).containsExactly(fits);
    }

    @Test
    void aRoleThatComesWhileJobsRunCountsThem() {
        fixture.submit(4, "ann", 5);
        fixture.start(2);
        fixture.quotas(running("ann", 2));
        assertThat(fixture.start(1)).isEmpty();
        fixture.quotas();
        assertThat(fixture.start(10)).hasSize(2);
    }

    private JobId estimated(String submitter, double tokens) {
        return fixture.submitLimited(submitter, 5, Map.of("tokens", tokens));
    }

    private static QuotaShare running(String submitter, int max) {
        return new QuotaShare(submitter, new Quota(null, null, max, null, Map.of()), Set.of(submitter));
    }

    private static QuotaShare budget(String submitter, String text) {
        return new QuotaShare(
                submitter, new Quota(null, null, null, null, Map.of("tokens", Rate.budget(text))), Set.of(submitter));
    }
}

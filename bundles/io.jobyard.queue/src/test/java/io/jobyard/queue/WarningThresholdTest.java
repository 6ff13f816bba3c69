// SPDX-License-Identifier: Apache-2.0
package io.jobyard.queue;

import static org.assertj.core.api.Assertions.assertThat;

import io.jobyard.api.Finding;
import io.jobyard.api.JobId;
import io.jobyard.api.JobStatus;
import io.jobyard.api.LimitEvent;
import io.jobyard.api.LimitStatus;
import io.jobyard.spi.limits.Quota;
import io.jobyard.spi.limits.Quotas.QuotaShare;
import io.jobyard.spi.limits.Rate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What is told of a budget of which much is used, and when. */
class WarningThresholdTest {

    private static final Instant TOMORROW = LanesFixture.START.plus(Duration.ofDays(1));

    private final LanesFixture fixture = new LanesFixture();

    @Test
    void itIsToldOnceInEachPeriodAndHoldsNothing() {
        fixture.limit("openai", "budget.usd", "10/d warn 80%");
        start(7);
        assertThat(passed()).isEmpty();
        start(1);
        assertThat(passed())
                .containsExactly(
                        new LimitEvent("limit", "openai", "usd", "10/d warn 80%", 8, LanesFixture.START, TOMORROW));
        start(1);
        start(1);
        assertThat(passed()).isEmpty();

        fixture.clock.advance(Duration.ofDays(1));
        start(8);
        assertThat(passed()).extracting(LimitEvent::since).containsExactly(TOMORROW);
    }

    @Test
    void whatComesBackAndIsUsedAgainInThePeriodIsNotToldAgain() {
        fixture.limit("openai", "budget.usd", "10/d warn 80%");
        JobId thrifty = start(9);
        assertThat(passed()).hasSize(1);
        fixture.lanes.draws.used(thrifty, "usd", 1);
        fixture.move(thrifty, JobStatus.COMPLETED);
        assertThat(rate().warningPassed()).isTrue();
        start(8);
        assertThat(passed()).isEmpty();
    }

    @Test
    void whatAHandlerUsesBeyondItsEstimateCounts() {
        fixture.limit("openai", "budget.usd", "10/d warn 80%");
        JobId lavish = start(1);
        fixture.lanes.draws.used(lavish, "usd", 50);
        assertThat(passed()).extracting(LimitEvent::used).containsExactly(50.0);
    }

    @Test
    void whatIsCarriedIntoAPeriodIsToldWithItsFirstUse() {
        fixture.limit("openai", "budget.usd", "10/d warn 50%");
        fixture.lanes.draws.used(start(1), "usd", 18);
        assertThat(passed()).hasSize(1);
        fixture.clock.advance(Duration.ofDays(1));
        assertThat(rate().warningPassed()).isTrue();
        start(1);
        assertThat(passed()).extracting(LimitEvent::used).containsExactly(8.0);
    }

    @Test
    void aRestartTellsItNoSecondTime() {
        fixture.limit("openai", "budget.usd", "10/d warn 80%");
        start(8);
        assertThat(passed()).hasSize(1);
        store();
        fixture.open();
        assertThat(rate().warningPassed()).isTrue();
        start(1);
        assertThat(passed()).isEmpty();
    }

    @Test
    void whatWasNotStoredBeforeTheHostEndedIsToldByTheNext() {
        fixture.limit("openai", "budget.usd", "10/d warn 80%");
        start(7);
        store();
        start(1);
        assertThat(passed()).hasSize(1);

        fixture.open();
        start(1);
        assertThat(passed()).extracting(LimitEvent::used).containsExactly(8.0);
    }

    @Test
    void aNewLeaderTellsWhatTheOneBeforeDidNotStore() {
        fixture.limit("openai", "budget.usd", "10/d warn 80%");
        start(8);
        fixture.hosts.leader(false);
        fixture.lanes.allowances.forgetChanged();
        assertThat(passed()).isEmpty();

        fixture.hosts.leader(true);
        fixture.lanes.follower.takeOver(fixture.lanes.leadership.begins(), List.of());
        assertThat(passed()).hasSize(1);
    }

    @Test
    void eachValueOfAKeyHasItsOwn() {
        fixture.limit("tenants", "budget.usd", "10/d warn 80%", "key", "label.tenant");
        fixture.submitLimited("a", 5, Map.of("usd", 9.0), "tenants=acme");
        fixture.submitLimited("a", 5, Map.of("usd", 1.0), "tenants=beta");
        fixture.start(9);
        assertThat(passed()).extracting(LimitEvent::name).containsExactly("tenants=acme");
    }

    @Test
    void aRoleHasOneToo() {
        Quota quota = new Quota(null, null, null, null, Map.of("usd", Rate.budget("10/d warn 80%")));
        fixture.quotas(new QuotaShare("ann", quota, Set.of("ann")));
        fixture.submitLimited("ann", 5, Map.of("usd", 9.0));
        fixture.start(1);
        assertThat(passed()).singleElement().satisfies(event -> {
            assertThat(event.kind()).isEqualTo("role");
            assertThat(event.name()).isEqualTo("ann");
        });
    }

    @Test
    void aRunSeesTheBudgetsOfItsLimitsUntilThePeriodEnds() {
        fixture.limit("openai", "budget.usd", "10/d warn 80%", "budget.pages", "10/d");
        JobId first = start(7);
        assertThat(fixture.lanes.draws.isBudgetLow(first, "usd")).isFalse();
        fixture.lanes.draws.used(first, "usd", 8);
        fixture.lanes.draws.used(first, "pages", 9);
        assertThat(fixture.lanes.draws.isBudgetLow(first, "usd")).isTrue();
        assertThat(fixture.lanes.draws.isBudgetLow(first, "pages"))
                .as("has no warning threshold")
                .isFalse();
        assertThat(fixture.lanes.draws.isBudgetLow(first, "tokens"))
                .as("has no budget")
                .isFalse();

        fixture.clock.advance(Duration.ofDays(1));
        assertThat(fixture.lanes.draws.isBudgetLow(first, "usd")).isFalse();
        fixture.move(first, JobStatus.COMPLETED);
        assertThat(fixture.lanes.draws.isBudgetLow(first, "usd"))
                .as("runs no more")
                .isFalse();
    }

    @Test
    void aRunSeesWhatItsSubmittersRolesGiveAndNobodyElses() {
        Quota quota = new Quota(null, null, null, null, Map.of("usd", Rate.budget("10/d warn 80%")));
        fixture.quotas(new QuotaShare("llm in total", quota, Set.of("ann", "bob")));
        fixture.submitLimited("ann", 5, Map.of("usd", 9.0));
        fixture.submitLimited("bob", 5, Map.of());
        fixture.submitLimited("eve", 5, Map.of());
        List<JobId> runs = fixture.start(3);
        assertThat(runs)
                .allSatisfy(run -> assertThat(fixture.lanes.draws.isBudgetLow(run, "usd"))
                        .as(fixture.submitter(run))
                        .isEqualTo(!fixture.submitter(run).equals("eve")));
    }

    @Test
    void oneThatIsAddedOrLoweredIsToldAtOnce() {
        fixture.limit("openai", "budget.usd", "10/d");
        start(5);
        assertThat(passed()).isEmpty();
        fixture.limit("openai", "budget.usd", "10/d warn 50%");
        fixture.start(1);
        assertThat(passed()).hasSize(1);
        fixture.limit("openai", "budget.usd", "10/d warn 40%");
        fixture.start(1);
        assertThat(passed()).isEmpty();
    }

    @Test
    void aShorterPeriodDoesNotWaitForTheEndOfTheLongerOne() {
        fixture.limit("openai", "budget.usd", "10/month warn 80%");
        start(8);
        assertThat(passed()).hasSize(1);
        fixture.limit("openai", "budget.usd", "10/d warn 80%");
        fixture.start(1);
        assertThat(passed()).hasSize(1);
    }

    @Test
    void aClockThatIsSetBackTellsNoSecondTime() {
        fixture.limit("openai", "budget.usd", "10/h warn 80%");
        fixture.clock.advance(Duration.ofHours(1));
        start(9);
        assertThat(passed()).hasSize(1);
        store();
        fixture.clock.set(LanesFixture.START.plus(Duration.ofMinutes(59)));
        fixture.open();
        start(1);
        assertThat(passed()).isEmpty();
    }

    @Test
    void theDoctorNotesIt() {
        fixture.limit("tenants", "budget.usd", "10/d warn 80%", "key", "label.tenant");
        IntStream.range(10, 23).forEach(n -> fixture.submitLimited("a", 5, Map.of("usd", 9.0), "tenants=t" + n));
        fixture.start(99);
        List<Finding> found = fixture.lanes.findings.findings();
        assertThat(found).hasSize(11).allMatch(Finding::note);
        assertThat(found.get(0).subject()).isEqualTo("budget of limit tenants");
        assertThat(found.get(0).problem())
                .isEqualTo("warning threshold passed: usd 9 of 10/d warn 80% used since 2030-01-01T00:00:00Z");
        assertThat(found.get(10).problem()).isEqualTo("the warning threshold of 3 more budgets was passed");
    }

    private JobId start(double usd) {
        fixture.submitLimited("a", 5, Map.of("usd", usd), "openai");
        return fixture.start(1).get(0);
    }

    private LimitStatus.RateStatus rate() {
        return fixture.lanes.limits.limits().get(0).rates().get(0);
    }

    private void store() {
        fixture.store.remember(fixture.lanes.allowances.takeChanged()).join();
    }

    private List<LimitEvent> passed() {
        return fixture.lanes.allowances.takePassed();
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.jobyard.queue;

import static org.assertj.core.api.Assertions.assertThat;

import io.jobyard.api.Blocker;
import io.jobyard.api.Finding;
import io.jobyard.api.JobId;
import io.jobyard.api.JobStatus;
import io.jobyard.spi.jobs.LaneKey;
import io.jobyard.spi.jobs.WantedHandler;
import io.jobyard.spi.limits.NamedLimit;
import io.jobyard.spi.limits.Quota;
import io.jobyard.spi.limits.Quotas;
import io.jobyard.spi.limits.Rate;
import io.jobyard.spi.store.ClaimCandidate;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** A job that needs more than a limit can ever give, since that was lowered. */
class OversizedTest {

    private static final Map<String, Double> LARGE = Map.of("tokens", 900.0);
    private static final Map<String, Double> SMALL = Map.of("tokens", 100.0);

    private final LanesFixture fixture = new LanesFixture();

    @Test
    void itWaitsAndHoldsUpNoOtherInItsLaneUntilTheBudgetIsRaised() {
        fixture.limit("api", "budget.tokens", "500/d");
        JobId large = fixture.submitLimited("s", 5, LARGE, "api");
        JobId other = fixture.submitLimited("s", 5, LARGE, "api");
        List<JobId> small =
                List.of(fixture.submitLimited("s", 5, SMALL, "api"), fixture.submitLimited("s", 5, SMALL, "api"));
        assertThat(fixture.start(9)).isEqualTo(small);
        assertThat(fixture.lanes.findings.findings())
                .extracting(Finding::problem)
                .containsOnly("a ready job needs tokens = 900, and the whole budget is 500/d: it can never start");

        fixture.move(other, JobStatus.CANCELLED);
        fixture.limit("api", "budget.tokens", "2000/d");
        assertThat(fixture.start(9)).containsExactly(large);
    }

    @Test
    void noTimeIsNamedThatCannotBeAndThoseBehindItAreToldTheirs() {
        fixture.limit("api", "budget.tokens", "500/d", "rate.requests", "1/m burst 1");
        fixture.submitLimited("s", 5, SMALL, "api");
        fixture.start(1);
        JobId large = fixture.submitLimited("s", 5, LARGE, "api");
        JobId small = fixture.submitLimited("s", 5, SMALL, "api");
        assertThat(fixture.start(1)).isEmpty();
        assertThat(fixture.view(large).shutBy())
                .hasSize(2)
                .extracting(Blocker::until)
                .containsOnlyNulls();
        assertThat(fixture.view(small).shutBy())
                .extracting(Blocker::until)
                .containsExactly(LanesFixture.START.plusSeconds(60));
    }

    @Test
    void theSameOfPlacesAndOfTheBudgetOfARole() {
        fixture.limit("gpu", "running.max", "2");
        fixture.submitLimited("s", 5, Map.of("slots.gpu", 3.0), "gpu");
        JobId two = fixture.submitLimited("s", 5, Map.of("slots.gpu", 2.0), "gpu");
        assertThat(fixture.start(9)).containsExactly(two);

        Quota quota = new Quota(null, null, null, null, Map.of("tokens", Rate.budget("500/d")));
        fixture.quotas(new Quotas.QuotaShare("ann", quota, Set.of("ann")));
        fixture.submitLimited("ann", 5, LARGE);
        JobId small = fixture.submitLimited("ann", 5, SMALL);
        assertThat(fixture.start(9)).containsExactly(small);
    }

    @Test
    void whereTheLimitSaysSoItIsTakenToFail() {
        fixture.limit("api", "budget.tokens", "500/d", "oversize", "fail");
        JobId large = fixture.submitLimited("s", 5, LARGE, "api");
        JobId small = fixture.submitLimited("s", 5, SMALL, "api");
        List<ClaimCandidate> taken = fixture.take(9);
        assertThat(taken).filteredOn(job -> job.fault() != null).singleElement().satisfies(job -> {
            assertThat(job.position().id()).isEqualTo(large);
            assertThat(job.fault())
                    .isEqualTo("estimate tokens = 900 exceeds the whole budget of limit api, which is" + " 500/d");
        });
        fixture.lanes.claims.settle(taken, List.of());
        assertThat(fixture.take(9)).as("the store took neither").hasSize(2);
        fixture.move(large, JobStatus.FAILED);
        fixture.move(small, JobStatus.RUNNING);
        assertThat(fixture.lanes.limits.limits().get(0).jobs().running()).isEqualTo(1);
    }

    @Test
    void whatALimitCanNeverGiveIsToldBeforeTheSubmit() {
        fixture.limit("api", "budget.tokens", "500/d", "running.max", "2");
        LaneKey lane = new LaneKey(null, 0, "", "work", WantedHandler.ANY, List.of("api", "other"), true, false);
        fixture.lanes.begin();
        assertThat(fixture.lanes.groups.oversized(
                        lane, NamedLimit.all(lane.limits()), Demand.of(Map.of("tokens", 500.0))))
                .isNull();
        assertThat(fixture.lanes.groups.oversized(
                        lane, NamedLimit.all(lane.limits()), Demand.of(Map.of("tokens", 500.5))))
                .isEqualTo("tokens = 500.5 exceeds the whole budget of limit api, which is 500/d");
        assertThat(fixture.lanes.groups.oversized(
                        lane, NamedLimit.all(lane.limits()), Demand.of(Map.of("slots.api", 3.0))))
                .isEqualTo("3 slots exceed running.max 2 of limit api");
    }
}

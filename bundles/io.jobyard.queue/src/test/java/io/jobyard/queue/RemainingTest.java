// SPDX-License-Identifier: Apache-2.0
package io.jobyard.queue;

import static org.assertj.core.api.Assertions.assertThat;

import io.jobyard.api.Blocker;
import io.jobyard.api.JobId;
import io.jobyard.api.JobStatus;
import io.jobyard.api.LimitStatus;
import io.jobyard.spi.limits.Quota;
import io.jobyard.spi.limits.Quotas.QuotaShare;
import io.jobyard.spi.limits.Rate;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a run tells of what the other side has left. */
class RemainingTest {

    private static final Instant LATER = LanesFixture.START.plusSeconds(30);

    private final LanesFixture fixture = new LanesFixture();

    @BeforeEach
    void configure() {
        fixture.limit("openai", "rate.tokens", "60/m burst 1000");
    }

    @Test
    void aRateThatHasMoreIsLoweredAndOneThatHasLessStays() {
        JobId job = start(400);
        assertThat(remaining(job, 700)).isTrue();
        assertThat(tokens()).isEqualTo(600);
        assertThat(remaining(job, 150)).isTrue();
        assertThat(tokens()).isEqualTo(150);
        assertThat(remaining(job, 900)).isTrue();
        assertThat(tokens()).isEqualTo(150);
        fixture.clock.advance(Duration.ofSeconds(10));
        assertThat(tokens()).as("comes back at its own pace").isEqualTo(160);
    }

    @Test
    void whatWasNotUsedOfTheEstimateDoesNotBringItAboveWhatIsLeft() {
        JobId job = start(800);
        fixture.lanes.draws.used(job, "tokens", 300);
        remaining(job, 150);
        assertThat(tokens()).isEqualTo(150);
        fixture.move(job, JobStatus.COMPLETED);
        assertThat(tokens()).isEqualTo(150);
    }

    @Test
    void asMuchOfTheEstimateComesBackAsTheOtherSideHas() {
        JobId job = start(800);
        fixture.lanes.draws.used(job, "tokens", 300);
        remaining(job, 450);
        fixture.move(job, JobStatus.COMPLETED);
        assertThat(tokens()).isEqualTo(450);

        JobId other = start(300);
        fixture.lanes.draws.used(other, "tokens", 100);
        remaining(other, 900);
        fixture.move(other, JobStatus.COMPLETED);
        assertThat(tokens()).as("all of it").isEqualTo(350);
    }

    @Test
    void whatTheRunUsesLaterIsDrawnAnew() {
        JobId job = start(800);
        fixture.lanes.draws.used(job, "tokens", 300);
        remaining(job, 150);
        fixture.lanes.draws.used(job, "tokens", 100);
        assertThat(tokens()).isEqualTo(50);
        fixture.move(job, JobStatus.COMPLETED);
        assertThat(tokens()).isEqualTo(50);
    }

    @Test
    void whereNothingIsLeftTheLimitsThatCountTheUnitAreShut() {
        fixture.limit("gpu", "running.max", "9");
        JobId job = fixture.submitLimited("a", 5, Map.of("tokens", 10.0), "openai", "gpu");
        fixture.start(1);
        remaining(job, 0);
        JobId held = fixture.submitLimited("a", 5, Map.of(), "openai");
        JobId free = fixture.submitLimited("a", 5, Map.of(), "gpu");
        assertThat(fixture.start(9)).containsExactly(free);
        assertThat(fixture.view(held).shutBy())
                .contains(new Blocker("limit", "openai: the provider currently refuses more", LATER));
        fixture.clock.advance(Duration.ofSeconds(30));
        assertThat(fixture.start(9)).containsExactly(held);
    }

    @Test
    void budgetsAndWhatRolesGiveStayAsTheyAre() {
        fixture.limit("thrift", "budget.tokens", "1000/month");
        Quota quota = new Quota(null, null, null, null, Map.of("tokens", Rate.budget("500/d")));
        fixture.quotas(new QuotaShare("ann", quota, Set.of("ann")));
        JobId job = fixture.submitLimited("ann", 5, Map.of("tokens", 100.0), "thrift");
        fixture.start(1);
        assertThat(remaining(job, 20)).isTrue();
        assertThat(level("thrift")).isEqualTo(900);
        fixture.move(job, JobStatus.COMPLETED);
        fixture.submitLimited("ann", 5, Map.of("tokens", 400.0), "thrift");
        assertThat(fixture.start(1)).hasSize(1);
    }

    @Test
    void aUnitThatNoLimitCountsAndAJobThatDoesNotRunAreNobodysConcern() {
        JobId job = start(1);
        assertThat(fixture.lanes.draws.remaining(job, "pages", 0, LATER)).isFalse();
        fixture.move(job, JobStatus.COMPLETED);
        assertThat(remaining(job, 0)).isFalse();
        assertThat(tokens()).isEqualTo(999);
    }

    @Test
    void itOutlivesTheHost() {
        remaining(start(1), 0);
        new LimitUseWriter(fixture.lanes, fixture.store, passed -> {}).store();
        fixture.open();
        assertThat(tokens()).isZero();
        JobId next = fixture.submitLimited("a", 5, Map.of(), "openai");
        assertThat(fixture.view(next).shutBy()).extracting(Blocker::until).contains(LATER);
    }

    private JobId start(double tokens) {
        fixture.submitLimited("a", 5, Map.of("tokens", tokens), "openai");
        return fixture.start(1).get(0);
    }

    private boolean remaining(JobId job, double left) {
        return fixture.lanes.draws.remaining(job, "tokens", left, LATER);
    }

    private double tokens() {
        return level("openai");
    }

    private double level(String limit) {
        return fixture.lanes.limits.limits().stream()
                .filter(status -> status.name().equals(limit))
                .map(LimitStatus::rates)
                .findFirst()
                .orElseThrow()
                .get(0)
                .remaining();
    }
}

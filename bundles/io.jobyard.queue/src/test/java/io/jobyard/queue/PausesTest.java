// SPDX-License-Identifier: Apache-2.0
package io.jobyard.queue;

import static org.assertj.core.api.Assertions.assertThat;

import io.jobyard.api.Blocker;
import io.jobyard.api.JobId;
import io.jobyard.api.Pause;
import io.jobyard.api.PauseTarget;
import io.jobyard.api.PauseTarget.TargetKind;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/** Types, limits, users and all jobs that are paused. */
class PausesTest {

    private final LanesFixture fixture = new LanesFixture();

    private JobId submit(String submitter, String limit) {
        return fixture.submitLimited(submitter, 5, Map.of(), limit);
    }

    private static PauseTarget target(TargetKind kind) {
        return switch (kind) {
            case QUEUE -> PauseTarget.queue("default");
            case TYPE -> new PauseTarget(kind, "work");
            case LIMIT -> new PauseTarget(kind, "openai");
            case USER -> new PauseTarget(kind, "ann");
            case ALL -> PauseTarget.ALL;
        };
    }

    private void pause(PauseTarget target, @Nullable Instant until) {
        fixture.lanes.follower.paused(new Pause(target, "root", LanesFixture.START, "why", until));
    }

    @ParameterizedTest
    @EnumSource(mode = Mode.EXCLUDE, names = "QUEUE")
    void whatIsPausedIsHeldUntilItIsResumedAndTold(TargetKind kind) {
        fixture.limit("openai", "rate.requests", "100/s burst 100");
        JobId held = submit("ann", "openai");
        pause(target(kind), null);

        assertThat(fixture.take(5)).isEmpty();
        assertThat(fixture.lanes.overview.oldestOpen()).isEmpty();
        assertThat(fixture.view(held).shutBy()).singleElement().satisfies(blocker -> {
            assertThat(blocker.gate()).isEqualTo(Blocker.PAUSED);
            assertThat(blocker.detail())
                    .startsWith(target(kind) + ", by root since ")
                    .endsWith("\"why\"");
            assertThat(blocker.until()).isNull();
        });
        assertThat(pauses()).containsExactly(target(kind));

        fixture.lanes.follower.resumed(target(kind));
        assertThat(fixture.view(held).shutBy()).isEmpty();
        assertThat(fixture.lanes.overview.oldestOpen()).contains(fixture.view(held));
        assertThat(fixture.take(5)).hasSize(1);
        assertThat(pauses()).isEmpty();
    }

    private List<PauseTarget> pauses() {
        return fixture.lanes.limits.pauses().stream().map(Pause::target).toList();
    }

    @ParameterizedTest
    @EnumSource(mode = Mode.EXCLUDE, names = "QUEUE")
    void aPauseEndsByItselfAtItsTime(TargetKind kind) {
        fixture.limit("openai", "rate.requests", "100/s burst 100");
        JobId held = submit("ann", "openai");
        pause(target(kind), LanesFixture.START.plusSeconds(60));
        assertThat(fixture.view(held).shutBy())
                .extracting(Blocker::until)
                .containsExactly(LanesFixture.START.plusSeconds(60));
        fixture.clock.set(LanesFixture.START.plusSeconds(59));
        assertThat(fixture.take(5)).isEmpty();
        fixture.clock.set(LanesFixture.START.plusSeconds(60));
        assertThat(fixture.take(5)).hasSize(1);
        assertThat(pauses()).isEmpty();
    }

    @Test
    void othersGoOn() {
        fixture.limit("openai", "rate.requests", "100/s burst 100");
        fixture.limit("other", "rate.requests", "100/s burst 100");
        submit("ann", "openai");
        submit("bob", "other");
        pause(target(TargetKind.USER), null);
        pause(new PauseTarget(TargetKind.TYPE, "another"), null);
        assertThat(fixture.startersOf(5)).containsExactly("bob");
        fixture.lanes.follower.resumed(target(TargetKind.USER));
        pause(target(TargetKind.LIMIT), null);
        submit("bob", "other");
        assertThat(fixture.startersOf(5)).containsExactly("bob");
    }

    @Test
    void aPausedLimitHoldsTheJobsOfAllItsValues() {
        fixture.limit("openai", "key", "label.tenant", "running.max", "5");
        JobId acme = submit("ann", "openai=acme");
        JobId none = submit("ann", "openai");
        pause(target(TargetKind.LIMIT), null);
        assertThat(fixture.take(5)).isEmpty();
        assertThat(fixture.view(acme).shutBy()).extracting(Blocker::gate).containsExactly(Blocker.PAUSED);
        assertThat(fixture.view(none).shutBy()).extracting(Blocker::gate).containsExactly(Blocker.PAUSED);
        fixture.lanes.follower.resumed(target(TargetKind.LIMIT));
        assertThat(fixture.take(5)).hasSize(2);
    }

    @Test
    void whatSeveralPausesHoldWaitsForTheLast() {
        JobId held = submit("ann", "openai");
        fixture.limit("openai", "rate.requests", "100/s burst 100");
        pause(PauseTarget.ALL, LanesFixture.START.plusSeconds(1));
        pause(target(TargetKind.TYPE), LanesFixture.START.plusSeconds(2));
        pause(target(TargetKind.USER), LanesFixture.START.plusSeconds(3));
        assertThat(fixture.view(held).shutBy()).hasSize(3);
        fixture.clock.set(LanesFixture.START.plusSeconds(2));
        assertThat(fixture.take(5)).isEmpty();
        fixture.clock.set(LanesFixture.START.plusSeconds(3));
        assertThat(fixture.take(5)).hasSize(1);
    }
}

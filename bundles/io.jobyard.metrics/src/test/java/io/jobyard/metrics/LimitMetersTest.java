// SPDX-License-Identifier: Apache-2.0
package io.jobyard.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.jobyard.api.LimitStatus;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class LimitMetersTest {

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final LimitMeters meters = new LimitMeters(registry);

    static LimitStatus limit(String name, int running, LimitStatus.RateStatus... rates) {
        return limit(name, running, 4, List.of(rates));
    }

    private static LimitStatus limit(
            String name, int running, @Nullable Integer runningMax, List<LimitStatus.RateStatus> rates) {
        LimitStatus.LimitJobs jobs = new LimitStatus.LimitJobs(0, running, running);
        return new LimitStatus(name, jobs, runningMax, rates, List.of(), LimitStatus.CountedValues.NONE, null);
    }

    private static LimitStatus.RateStatus tokens(double level) {
        return new LimitStatus.RateStatus("tokens", "60/m", 10, level, null);
    }

    private double level(String name) {
        return registry.get(LimitMeters.LEVEL)
                .tags("limit", name, "unit", "tokens")
                .gauge()
                .value();
    }

    @Test
    void whatIsLeftOfEachUnitIsShownAndFollows() {
        meters.look(List.of(limit("provider", 2, tokens(7)), limit("other", 0, tokens(1))));
        assertThat(level("provider")).isEqualTo(7);
        assertThat(registry.get(LimitMeters.RUNNING)
                        .tags("limit", "provider")
                        .gauge()
                        .value())
                .isEqualTo(2);
        meters.look(List.of(limit("provider", 2, tokens(-3)), limit("other", 0, tokens(1))));
        assertThat(level("provider")).isEqualTo(-3);
    }

    @Test
    void theCurrentMaximumIsShownAndFollows() {
        meters.look(List.of(limit("provider", 2, 12, List.of()), limit("other", 0, null, List.of(tokens(1)))));
        assertThat(max()).isEqualTo(12);
        meters.look(List.of(limit("provider", 2, 6, List.of())));
        assertThat(max()).isEqualTo(6);
    }

    private double max() {
        return registry.get(LimitMeters.RUNNING_MAX).gauge().value();
    }

    @Test
    void aLimitThatIsGoneLeavesNoMeter() {
        meters.look(List.of(limit("provider", 2, tokens(7))));
        meters.look(List.of());
        assertThat(registry.getMeters()).isEmpty();
    }

    @Test
    void aLimitThatNobodyConfiguredHasNoMeter() {
        meters.look(List.of(limit("made up", 1, null, List.of())));
        assertThat(registry.getMeters()).isEmpty();
    }
}

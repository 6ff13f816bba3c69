// SPDX-License-Identifier: Apache-2.0
package io.jobyard.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.jobyard.settings.api.InvalidSettingsException;
import io.jobyard.settings.api.SettingsReader;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AdaptiveBoundsTest {

    private static LimitSettings read(String... keysAndValues) {
        Map<String, String> raw = new HashMap<>();
        for (int n = 0; n < keysAndValues.length; n += 2) {
            raw.put(keysAndValues[n], keysAndValues[n + 1]);
        }
        SettingsReader reader = new SettingsReader(raw);
        LimitSettings settings = LimitSettings.read(reader);
        reader.finish();
        return settings;
    }

    private static List<String> problems(String... keysAndValues) {
        return catchThrowableOfType(InvalidSettingsException.class, () -> read(keysAndValues))
                .problems();
    }

    @Test
    void aRangeAndALatencyAreRead() {
        LimitSettings settings =
                read("adaptive", "10..500", "adaptive.latency.seconds", "0.5", "running.max.failing", "2");

        assertThat(settings.running().adaptive()).isEqualTo(new AdaptiveBounds(10, 500, Duration.ofMillis(500)));
        assertThat(settings).hasToString("adaptive = 10..500, adaptive.latency.seconds = 0.5, running.max.failing = 2");
        assertThat(read("adaptive", "1 .. 2")).hasToString("adaptive = 1..2");
    }

    @ParameterizedTest
    @ValueSource(strings = {"10", "0..5", "5..5", "9..5", "1..100001", "a..b", "1...5", "1..9999999"})
    void anInvalidRangeIsRejected(String range) {
        assertThat(problems("adaptive", range))
                .containsExactly("invalid adaptive: use LEAST..MOST, for example 10..500, with two whole numbers from 1"
                        + " to 100000 and LEAST below MOST");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "30s", "86401", "0.0001", "PT30S"})
    void anInvalidLatencyIsRejected(String latency) {
        assertThat(problems("adaptive", "1..5", "adaptive.latency.seconds", latency))
                .containsExactly("invalid adaptive.latency.seconds: use a number of seconds from 0.001 to 86400, for"
                        + " example 30 or 0.5");
    }

    @Test
    void adaptiveAndRunningMaxCannotBeCombined() {
        assertThat(problems("adaptive", "1..5", "running.max", "4"))
                .containsExactly("adaptive and running.max cannot be combined: omit running.max, because MOST of"
                        + " adaptive = LEAST..MOST is the highest number of running jobs");
    }

    @Test
    void aLatencyWithoutARangeIsRejected() {
        assertThat(problems("rate.requests", "1/s", "adaptive.latency.seconds", "30"))
                .containsExactly("adaptive.latency.seconds requires adaptive: set adaptive = LEAST..MOST, or omit"
                        + " adaptive.latency.seconds");
    }

    @Test
    void theKeyWithoutItsUnitIsCorrected() {
        assertThat(problems("adaptive", "1..5", "adaptive.latency", "30"))
                .singleElement()
                .asString()
                .contains("unknown key adaptive.latency", "adaptive.latency.seconds");
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.jobyard.handler.llm.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.jobyard.handler.llm.wire.RateHeaders.Remaining;
import java.net.http.HttpHeaders;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class RateHeadersTest {

    private static final Instant NOW = Instant.parse("2026-11-28T12:00:00Z");

    @Test
    void readsWhenToComeBackInAllFormsAtMostADay() {
        assertThat(of("retry-after", "7").retryAfter()).hasValue(Duration.ofSeconds(7));
        assertThat(of("retry-after", "1.5").retryAfter()).hasValue(Duration.ofMillis(1_500));
        assertThat(of("retry-after", "Sat, 28 Nov 2026 12:01:30 GMT").retryAfter())
                .hasValue(Duration.ofSeconds(90));
        assertThat(of("retry-after", "Sat, 28 Nov 2026 11:00:00 GMT").retryAfter())
                .hasValue(Duration.ZERO);
        assertThat(of("retry-after", "99999999").retryAfter()).hasValue(Duration.ofDays(1));
        assertThat(of("retry-after", "7", "retry-after-ms", "120").retryAfter()).hasValue(Duration.ofMillis(120));
        assertThat(of("retry-after", "soon").retryAfter()).isEmpty();
        assertThat(of("retry-after", "-3").retryAfter()).isEmpty();
        assertThat(of().retryAfter()).isEmpty();
    }

    @Test
    void readsWhatIsLeftInTheOpenAiForm() {
        RateHeaders headers = of(
                "x-ratelimit-remaining-requests", "0",
                "x-ratelimit-reset-requests", "6m0s",
                "x-ratelimit-remaining-tokens", "149984",
                "x-ratelimit-reset-tokens", "120ms");
        assertThat(headers.remaining())
                .containsExactly(
                        new Remaining("requests", 0, NOW.plusSeconds(360)),
                        new Remaining("tokens", 149_984, NOW.plusMillis(120)));
        assertThat(headers.reset()).hasValue(Duration.ofMinutes(6));
    }

    @Test
    void readsWhatIsLeftInTheAnthropicForm() {
        RateHeaders headers = of(
                "anthropic-ratelimit-requests-remaining", "12",
                "anthropic-ratelimit-requests-reset", "2026-11-28T12:00:10Z",
                "anthropic-ratelimit-tokens-remaining", "0",
                "anthropic-ratelimit-tokens-reset", "2026-11-30T12:00:00Z");
        assertThat(headers.remaining())
                .containsExactly(
                        new Remaining("requests", 12, NOW.plusSeconds(10)),
                        new Remaining("tokens", 0, NOW.plus(Duration.ofDays(1))));
        assertThat(headers.reset()).hasValue(Duration.ofDays(1));
    }

    @Test
    void whatNobodyUnderstandsSaysNothing() {
        RateHeaders headers = of(
                "x-ratelimit-remaining-requests", "-1",
                "x-ratelimit-remaining-tokens", "5",
                "x-ratelimit-reset-tokens", "when the cows come home");
        assertThat(headers.remaining()).containsExactly(new Remaining("tokens", 5, NOW));
        assertThat(headers.reset()).isEmpty();
    }

    private static RateHeaders of(String... namesAndValues) {
        Map<String, List<String>> headers = new TreeMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            headers.put(namesAndValues[i], List.of(namesAndValues[i + 1]));
        }
        return new RateHeaders(HttpHeaders.of(headers, (name, value) -> true), NOW);
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.jobyard.spi.json;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonSurrogatesTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "{\"a\\uD83Db\": 1}; {\"a\\uFFFDb\": 1}",
                "{\"a\": \"\\ude00\"}; {\"a\": \"\\uFFFD\"}",
                "[\"\\uD83D\\uD83D\\uDE00\"]; [\"\\uFFFD\\uD83D\\uDE00\"]",
                "[\"\\uDE00\\uD83D\"]; [\"\\uFFFD\\uFFFD\"]",
                "[\"\\uD83D\\n\"]; [\"\\uFFFD\\n\"]",
                "[\"\\\\\\uD83D\"]; [\"\\\\\\uFFFD\"]"
            })
    void aHalfThatStandsAloneIsReplaced(String json, String replaced) {
        assertThat(JsonSurrogates.areBroken(json)).isTrue();
        assertThat(JsonSurrogates.replaced(json)).isEqualTo(replaced);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "[\"\\uD83D\\uDE00\"]",
                "[\"\\ud83d\\ude00 \\u00e9 \\uFFFD\"]",
                "[\"\\\\uD83D\"]",
                "[\"\\\\\\\\uDE00\"]",
                "[\"uD83D \\\" \\t\"]"
            })
    void allElseIsLeftAsItIs(String json) {
        assertThat(JsonSurrogates.areBroken(json)).isFalse();
        assertThat(JsonSurrogates.replaced(json)).isSameAs(json);
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.jobyard.spi.limits;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class NamedLimitTest {

    @Test
    void usualValuesStandForThemselves() {
        assertThat(NamedLimit.of("models", "meta/llama-3:8b@eu_1.0+x").text())
                .isEqualTo("models=meta/llama-3:8b@eu_1.0+x");
        assertThat(NamedLimit.of("models", "Größe2").text()).isEqualTo("models=Größe2");
    }

    @Test
    void noTwoValuesAreOneAndNoSignIsTakenForAnother() {
        assertThat(NamedLimit.of("m", "a b,c=d%").text()).isEqualTo("m=a%20%b%2c%c%3d%d%25%");
        assertThat(NamedLimit.of("m", "a\n\uD83D\uDE00").text()).isEqualTo("m=a%a%%1f600%");
    }

    @Test
    void ofALongValueTheBeginningCounts() {
        assertThat(NamedLimit.of("m", "x".repeat(101)).value()).isEqualTo("x".repeat(100));
        assertThat(NamedLimit.of("m", "x".repeat(98) + "   ").value()).isEqualTo("x".repeat(98));
    }

    @Test
    void whatIsWrittenIsRead() {
        NamedLimit limit = NamedLimit.of("models", "a=b");
        assertThat(NamedLimit.parse(limit.text())).isEqualTo(limit);
        assertThat(NamedLimit.parse("models")).isEqualTo(new NamedLimit("models", ""));
        assertThat(NamedLimit.of("models", "").text()).isEqualTo("models");
        assertThat(NamedLimit.of("models", "").hasValue()).isFalse();
    }
}

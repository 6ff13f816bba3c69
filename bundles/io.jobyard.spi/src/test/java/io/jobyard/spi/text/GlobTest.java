// SPDX-License-Identifier: Apache-2.0
package io.jobyard.spi.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GlobTest {

    @ParameterizedTest
    @CsvSource({
        "llm_*, llm_internal_tool, true",
        "llm_*, llm_, true",
        "llm_*, lm_x, false",
        "*, anything, true",
        "embed, embed, true",
        "embed, embedding, false",
        "a*b*c, abc, true",
        "a*b*c, axxbyyc, true",
        "a*b*c, acb, false",
        "*tool, llm_tool, true",
        "a*a, a, false",
        "a**b, ab, true",
        "*.*, a.b, true",
        "*.*, ab, false",
    })
    void aStarStandsForAnyCharacters(String glob, String name, boolean matches) {
        assertThat(new Glob(glob).matches(name)).isEqualTo(matches);
    }

    @Test
    void aListHasCommasBetween() {
        assertThat(Glob.list("llm_*, embed,")).containsExactly(new Glob("llm_*"), new Glob("embed"));
    }

    @ParameterizedTest
    @ValueSource(strings = {",", " , ", "a b", "llm_?", "a,/b"})
    void aListWithoutAGlobOrWithAWrongOneIsRefused(String text) {
        assertThatThrownBy(() -> Glob.list(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("use names, with * for any characters, and commas between them: llm_*,embed");
    }
}

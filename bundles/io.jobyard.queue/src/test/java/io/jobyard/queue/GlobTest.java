// SPDX-License-Identifier: Apache-2.0
package io.jobyard.queue;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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
    void aStarStandsForAnyCharacters(String glob, String type, boolean matches) {
        assertThat(new Glob(glob).matches(type)).isEqualTo(matches);
    }
}

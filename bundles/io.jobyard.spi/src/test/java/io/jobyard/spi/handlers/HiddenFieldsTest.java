// SPDX-License-Identifier: Apache-2.0
package io.jobyard.spi.handlers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HiddenFieldsTest {

    private static final Map<String, Object> VALUE = Map.of("card", Map.of("number", "4711", "year", 2031), "n", 1);

    @Test
    void aPathHidesAValueAndAllWithinIt() {
        assertThat(hidden("payload.card")).isEqualTo(Map.of("card", "(hidden)", "n", 1));
        assertThat(hidden("payload.card.number"))
                .isEqualTo(Map.of("card", Map.of("number", "(hidden)", "year", 2031), "n", 1));
        assertThat(hidden("payload.*.number, payload.n"))
                .isEqualTo(Map.of("card", Map.of("number", "(hidden)", "year", 2031), "n", "(hidden)"));
        assertThat(hidden("payload")).isEqualTo(Map.of("card", "(hidden)", "n", "(hidden)"));
        assertThat(hidden("payload.other, payload.n.below, result, steps, stream"))
                .isEqualTo(VALUE);
    }

    @Test
    void elementsOfListsHaveTheirNumbersAsNames() {
        Object rows = HiddenFields.parse("result.rows.1").in("result", Map.of("rows", List.of("a", "b")));
        assertThat(rows).isEqualTo(Map.of("rows", List.of("a", "(hidden)")));
        assertThat(HiddenFields.ALL.in("steps", 5)).isEqualTo("(hidden)");
        assertThat(HiddenFields.ALL.in("steps", null)).isNull();
    }

    @Test
    void itConcernsWhatItHidesInPartToo() {
        HiddenFields fields = HiddenFields.parse("payload.card, stream");
        assertThat(List.of("payload", "result", "steps", "stream"))
                .filteredOn(fields::concern)
                .containsExactly("payload", "stream");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "log", "payload.", "payload..a", "steps.a", "payload, ,result", "payload a"})
    void whatIsNoPathIsRefusedWithWhatIs(String text) {
        assertThatThrownBy(() -> HiddenFields.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("use payload, result");
    }

    private static Map<String, Object> hidden(String paths) {
        return HiddenFields.parse(paths).inObject("payload", VALUE);
    }
}

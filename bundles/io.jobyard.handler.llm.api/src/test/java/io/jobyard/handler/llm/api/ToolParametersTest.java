// SPDX-License-Identifier: Apache-2.0
package io.jobyard.handler.llm.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ToolParametersTest {

    @Test
    void givesATextAsItIs() {
        assertThat(of("text", " a\n").text("text")).isEqualTo(" a\n");
        assertThat(of("text", "").text("text")).isEmpty();
    }

    @Test
    void refusesATextThatIsMissingNullOrOfAnotherType() {
        assertRefused(() -> of("other", 1).text("text"), "text is required for cut");
        assertRefused(() -> of("text", null).text("text"), "text is required for cut");
        assertRefused(() -> of("text", List.of(1)).text("text"), "text must be a string for cut, but is [1]");
    }

    @ParameterizedTest
    @ValueSource(doubles = {4, 7, 100})
    void takesWholeNumbersOfAnyNumberType(double number) {
        assertThat(of("size", number).integer("size", 4, 100)).isEqualTo((int) number);
        assertThat(of("size", (long) number).integer("size", 4, 100)).isEqualTo((int) number);
    }

    @Test
    void refusesANumberOutOfRangeAndWhatIsNoWholeNumber() {
        for (Object size : new Object[] {3, 101, 4.5, Long.MAX_VALUE, true, Double.NaN, 4294967300L}) {
            assertRefused(
                    () -> of("size", size).integer("size", 4, 100),
                    "size must be a whole number from 4 to 100 for cut, but is " + size);
        }
        assertRefused(
                () -> of("size", "7").integer("size", 4, 100),
                "size must be a whole number from 4 to 100 for cut, but is \"7\"");
    }

    @Test
    void givesTheDefaultOnlyForAnAbsentNumber() {
        assertThat(of("other", 1).integer("size", 7, 4, 100)).isEqualTo(7);
        assertThat(of("size", null).integer("size", 7, 4, 100)).isEqualTo(7);
        assertThat(of("size", 8).integer("size", 7, 4, 100)).isEqualTo(8);
        assertRefused(
                () -> of("size", 8).integer("size", 4, 7), "size must be a whole number from 4 to 7 for cut, but is 8");
    }

    @Test
    void refusesAParameterThatTheToolDoesNotKnow() {
        of("size", 1).only("text", "size");
        assertRefused(() -> of("sise", 1).only("text", "size"), "cut: unknown parameter sise; use one of text, size");
    }

    @Test
    void showsOnlyTheBeginningOfALongValue() {
        assertRefused(
                () -> of("size", "x".repeat(1_000)).integer("size", 4, 100),
                "size must be a whole number from 4 to 100 for cut, but is \"" + "x".repeat(39) + "…");
    }

    private static ToolParameters of(String name, Object value) {
        Map<String, Object> values = new HashMap<>();
        values.put(name, value);
        return new ToolParameters("cut", values);
    }

    private static void assertRefused(ThrowingCallable call, String message) {
        assertThatExceptionOfType(InvalidParameterException.class)
                .isThrownBy(call)
                .withMessage(message);
    }
}

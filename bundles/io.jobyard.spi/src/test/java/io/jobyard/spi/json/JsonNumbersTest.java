// SPDX-License-Identifier: Apache-2.0
package io.jobyard.spi.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonNumbersTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0",
                "-0",
                "-0.0",
                "1",
                "-17",
                "9223372036854775807",
                "18446744073709551616",
                "1.10",
                "1e2",
                "1E+2",
                "0.1",
                "0.30000000000000004",
                "3.141592653589793",
                "1.7976931348623157E308",
                "4.9E-324",
                "1.000000000000000000000",
                "5.684341886080801e-14",
                "2e-3",
                "0e99999",
                "true",
                "null"
            })
    void whatKeepsItsValueSurvives(String number) {
        assertThat(JsonNumbers.problem("{\"a\":" + number + "}")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "1e400, 1e400 is larger than a number can be: pass it as text",
        "-1e400, -1e400 is larger than a number can be: pass it as text",
        "1e99999999999, 1e99999999999 is larger than a number can be: pass it as text",
        "1e-400, 1e-400 would become 0.0: pass it as text",
        "1e-99999999999, 1e-99999999999 would become 0.0: pass it as text",
        "0.12345678901234567, 0.12345678901234567 would become 0.12345678901234566: pass it as text",
        "0.10000000000000001, 0.10000000000000001 would become 0.1: pass it as text",
        "9007199254740993.0, 9007199254740993.0 would become 9.007199254740992E15: pass it as text",
        "1e23000, 1e23000 is larger than a number can be: pass it as text",
        "0.1234567890123456789012345678901234567890, 0.1234567890123456789012345678… would become"
                + " 0.12345678901234568: pass it as text",
        "NaN, 'NaN is not a JSON number: pass it as text, or omit it'",
        "Infinity, 'Infinity is not a JSON number: pass it as text, or omit it'",
        "-Infinity, '-Infinity is not a JSON number: pass it as text, or omit it'",
    })
    void whatDoesNotIsNamed(String number, String fault) {
        assertThat(JsonNumbers.problem("{\"a\":" + number + "}")).contains("/a: " + fault);
    }

    @Test
    void itsPlaceIsAJsonPointer() {
        assertThat(JsonNumbers.problem(
                        "{\"a\": [1, {\"1e400\": \"NaN, 1e400\", \"b/c~\": [[ ], 2 , 1e400]}], \"z\": NaN}"))
                .contains("/a/1/b~1c~0/2: 1e400 is larger than a number can be: pass it as text");
        assertThat(JsonNumbers.problem("{\"a\": {\"q\\\"}\": 1}, \"b\": NaN}"))
                .contains("/b: NaN is not a JSON number: pass it as text, or omit it");
        assertThat(JsonNumbers.problem("1e400")).contains(": 1e400 is larger than a number can be: pass it as text");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "{", "}}]]", "{\"a", "{\"a\\", "]1,", ":::", "{\"a\":1.}", "{\"a\":01d}", "{\"a\":0x1p3}"})
    void ofWhatIsNoJsonItSaysNothing(String text) {
        assertThat(JsonNumbers.problem(text)).isEmpty();
    }

    @Test
    void aWholeNumberHasAThousandDigitsAtMost() {
        String thousand = "-" + "9".repeat(1_000);
        assertThat(JsonNumbers.problem("[" + thousand + "]")).isEmpty();
        assertThat(JsonNumbers.tooLong(Map.of("a", new BigInteger(thousand)), 10))
                .isEmpty();
        assertThat(JsonNumbers.problem("[" + thousand + "9]"))
                .contains("/0: -" + "9".repeat(29) + "… has 1001 digits, more than 1000: pass it as text");
        assertThat(JsonNumbers.problem("[1." + "0".repeat(1_000) + "]")).isPresent();
    }

    @Test
    void hugeNumbersAreFoundBeforeTheyAreWritten() {
        BigInteger huge = BigInteger.ONE.shiftLeft(100_000_000);
        assertTimeout(Duration.ofSeconds(1), () -> {
            assertThat(JsonNumbers.tooLong(Map.of("a", List.of(1, Map.of("b", huge))), 10))
                    .contains("/a/1/b: a number with more than 1000 digits is not allowed: pass it as text");
            assertThat(JsonNumbers.tooLong(Map.of("a", new BigDecimal(huge, 7)), 10))
                    .isPresent();
        });
        assertThat(JsonNumbers.problem("{\"a\":" + "7".repeat(300_000) + "}"))
                .contains("/a: " + "7".repeat(30) + "… has 300000 digits, more than 1000: pass it as text");
    }

    @Test
    void aTreeThatHoldsItselfComesToAnEnd() {
        Map<String, Object> circle = new HashMap<>();
        circle.put("list", new ArrayList<>(Collections.nCopies(3, circle)));
        circle.put("self", circle);
        assertThat(JsonNumbers.tooLong(circle, 1_000_000)).isEmpty();
    }

    @Test
    void aTreeWithoutEndIsLookedAtAsFarAsItMayBeWritten() {
        Map<String, Object> endless = new AbstractMap<>() {
            @Override
            public Set<Entry<String, Object>> entrySet() {
                return new AbstractSet<>() {
                    @Override
                    public Iterator<Entry<String, Object>> iterator() {
                        return Stream.generate(() -> Map.<String, Object>entry("a", 1))
                                .iterator();
                    }

                    @Override
                    public int size() {
                        return Integer.MAX_VALUE;
                    }
                };
            }
        };
        assertTimeout(
                Duration.ofSeconds(10),
                () -> assertThat(JsonNumbers.tooLong(endless, 1_000_000)).isEmpty());
    }

    @Test
    void everyDoubleAsJavaWritesItSurvives() {
        Random random = new Random(1);
        for (int i = 0; i < 100_000; i++) {
            double value = Double.longBitsToDouble(random.nextLong());
            if (Double.isFinite(value)) {
                assertThat(JsonNumbers.problem(Double.toString(value))).isEmpty();
            }
        }
    }
}

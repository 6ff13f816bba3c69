// SPDX-License-Identifier: Apache-2.0
package io.jobyard.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jobyard.api.handler.PermanentException;
import io.jobyard.doubles.EndlessMap;
import io.jobyard.doubles.FakeSizeLimits;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HandlerJsonTest {

    record Inner(int depth) {}

    record Wanted(String name, Instant at, List<Inner> inner) {}

    private static final int MOST = FakeSizeLimits.MOST;

    private final HandlerMapper json = new HandlerMapper();
    private final PayloadReader payloads = new PayloadReader(json);
    private final ResultWriter results = new ResultWriter(json);

    @Test
    void halvesOfSurrogatePairsAreReplacedSoThatTheResultCanBeRead() throws Exception {
        Map<String, Object> result = Map.of("half \ud83d", "half \ude00, whole \ud83d\ude00");
        String replaced = "{\"half \\uFFFD\":\"half \\uFFFD, whole \\uD83D\\uDE00\"}";
        assertThat(results.result(result, null, MOST)).isEqualTo(replaced);
        assertThat(results.result(result, text -> text, MOST))
                .as("read and written again where secrets are redacted")
                .isEqualTo(replaced.replace("\\uFFFD", "\uFFFD"));
    }

    @Test
    void aPayloadBecomesARecordAndWhatTheRecordDoesNotKnowIsLeftOut() {
        String payload =
                "{\"name\":\"a\",\"at\":\"2030-01-01T00:00:00.000001Z\",\"inner\":[{\"depth\":1}],\"more\":{}}";
        assertThat(payloads.<Wanted>payload(payload, Wanted.class))
                .isEqualTo(new Wanted("a", Instant.parse("2030-01-01T00:00:00.000001Z"), List.of(new Inner(1))));
    }

    @Test
    void aPayloadThatDoesNotFitSaysWhere() {
        assertThatThrownBy(() -> payloads.payload("{\"inner\":[{\"depth\":1},{\"depth\":\"x\"}]}", Wanted.class))
                .isInstanceOf(PermanentException.class)
                .hasMessageStartingWith("the payload does not match Wanted at payload.inner[1].depth: ");
    }

    record Numbers(
            byte tiny,
            Short small,
            int whole,
            Long large,
            BigInteger huge,
            double any,
            int[] row,
            Map<String, Integer> by) {}

    @ParameterizedTest
    @ValueSource(strings = {"tiny", "small", "whole", "large", "huge"})
    void aWholeNumberHasNoFractionInAnyOfItsForms(String name) throws Exception {
        assertNumber("{\"" + name + "\":3.5}", "at payload." + name + ": 3.5 is not a whole number");
        for (String same : List.of("3", "3.0", "0.3e1", "\"3\"")) {
            Numbers read = payloads.payload("{\"" + name + "\":" + same + "}", Numbers.class);
            assertThat(Numbers.class.getDeclaredMethod(name).invoke(read)).hasToString("3");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'whole':1e12}|at payload.whole: Numeric value (1e12) out of range of int (-2147483648 - 2147483647)",
                "{'whole':12345678901}|at payload.whole: Numeric value (12345678901) out of range of int",
                "{'small':70000}|at payload.small: Numeric value (70000) out of range of Java short",
                "{'large':1e30}|at payload.large: Numeric value (1e30) out of range of long",
                "{'row':[1,2.25]}|at payload.row[1]: 2.25 is not a whole number",
                "{'row':[1,1e12]}|at payload.row[1]: Numeric value (1e12) out of range of int",
                "{'by':{'a':1.5}}|at payload.by.a: 1.5 is not a whole number",
                "{'by':{'a':12345678901}}|at payload.by.a: Numeric value (12345678901) out of range of int"
            },
            quoteCharacter = '!')
    void aNumberThatDoesNotFitNamesItsPath(String json, String error) {
        assertNumber(json.replace('\'', '"'), error);
    }

    private void assertNumber(String json, String error) {
        assertThatThrownBy(() -> payloads.payload(json, Numbers.class))
                .isInstanceOf(PermanentException.class)
                .hasMessageStartingWith("the payload does not match Numbers " + error);
        assertThatThrownBy(() -> payloads.payload(payloads.object(json), Numbers.class))
                .as("changed by an interceptor")
                .isInstanceOf(PermanentException.class)
                .hasMessageStartingWith("the payload does not match Numbers " + error.substring(0, error.indexOf(':')));
    }

    @Test
    void aNumberThatNeedNotBeWholeKeepsItsFraction() {
        assertThat(payloads.<Numbers>payload("{\"any\":3.5,\"row\":[1,2.0]}", Numbers.class))
                .satisfies(read -> assertThat(read.any()).isEqualTo(3.5))
                .satisfies(read -> assertThat(read.row()).containsExactly(1, 2));
        assertThat(payloads.object("{\"n\":3.0}")).containsEntry("n", 3.0);
    }

    @Test
    void aRecordBecomesAResult() {
        Wanted wanted = new Wanted("a", Instant.EPOCH, List.of(new Inner(1)));
        assertThat(results.result(results.object(wanted, MOST), null, MOST))
                .isEqualTo("{\"name\":\"a\",\"at\":\"1970-01-01T00:00:00Z\",\"inner\":[{\"depth\":1}]}");
        for (Object none : new Object[] {"text", List.of(1), new Object()}) {
            assertThatThrownBy(() -> results.object(none, MOST))
                    .isInstanceOf(PermanentException.class)
                    .hasMessageContaining("cannot be written as a JSON object");
        }
    }

    @Test
    void aResultKeepsTimesAsText() {
        assertThat(results.result(Map.of("at", Instant.EPOCH), null, MOST))
                .isEqualTo("{\"at\":\"1970-01-01T00:00:00Z\"}");
    }

    record Score(double score, BigDecimal exact) {}

    @Test
    void aNumberThatDoesNotSurviveFailsTheRunForGoodAndByName() {
        refused(Map.of("a", List.of(Map.of("b", Double.NaN))), "/a/0/b: NaN is not a JSON number");
        refused(Map.of("a", new float[] {1, Float.POSITIVE_INFINITY}), "/a/1: Infinity is not a JSON number");
        refused(Map.of("a", new BigDecimal("1e400")), "/a: 1E+400 is larger than a number can be");
        refused(Map.of("a", BigInteger.ONE.shiftLeft(100_000_000)), "/a: a number with more than 1000 digits");
        refused(Map.of("of", new Score(Double.NaN, BigDecimal.ONE)), "/of/score: NaN is not a JSON number");
        refused(
                results.object(new Score(1, new BigDecimal("0.12345678901234567890")), MOST),
                "/exact: 0.12345678901234567890 would become 0.12345678901234568");
        assertThat(results.result(results.object(new Score(0.5, new BigDecimal("1.10")), MOST), null, MOST))
                .isEqualTo("{\"score\":0.5,\"exact\":1.10}");
    }

    private void refused(Map<String, Object> result, String problem) {
        assertThatThrownBy(() -> results.result(result, null, MOST))
                .isInstanceOf(PermanentException.class)
                .hasMessageStartingWith("the result is not valid at " + problem)
                .hasMessageContaining("pass it as text");
    }

    @Test
    void ofAResultWithSecretsNothingIsToldOfSuchANumber() {
        String secret = "0123456789012345678901234567890123456789";
        assertThatThrownBy(() -> results.result(Map.of(secret, Double.NaN), text -> text.replace(secret, "***"), MOST))
                .isInstanceOf(PermanentException.class)
                .hasMessageStartingWith("the result contains a number that JSON cannot represent")
                .hasMessageNotContaining("0123");
    }

    @Test
    void aResultIsWrittenAsFarAsItMayBeLarge() {
        String tooLarge =
                "the result has more than 1048576 bytes, the value of max.result.bytes: store the data elsewhere and"
                        + " return a reference, or raise max.result.bytes in io.jobyard.scheduler";
        for (Map<String, Object> large :
                List.<Map<String, Object>>of(Map.of("text", "ä".repeat(MOST / 2)), new EndlessMap())) {
            assertThatThrownBy(() -> results.result(large, null, MOST))
                    .isInstanceOf(PermanentException.class)
                    .hasMessage(tooLarge);
            assertThatThrownBy(() -> results.result(large, text -> text, MOST))
                    .isInstanceOf(PermanentException.class)
                    .hasMessage(tooLarge);
            assertThatThrownBy(() -> results.object(large, MOST))
                    .isInstanceOf(PermanentException.class)
                    .hasMessage(tooLarge);
        }
        String most = "x".repeat(MOST - "{\"text\":\"\"}".length());
        assertThat(results.result(Map.of("text", most), null, MOST)).hasSize(MOST);
    }

    @Test
    void aResultThatItsRedactionMakesLargerIsBoundedToo() {
        Map<String, Object> many = Map.of("numbers", Collections.nCopies(MOST / 4, "a"));
        assertThatThrownBy(() -> results.result(many, text -> text + "bbb", MOST))
                .isInstanceOf(PermanentException.class)
                .hasMessageStartingWith("the result has more than 1048576 bytes, the value of max.result.bytes");
    }

    @Test
    void whatWasAdmittedCanBeReadHoweverLong() {
        String text = "x".repeat(21_000_000);
        assertThat(payloads.object("{\"text\":\"" + text + "\"}")).containsEntry("text", text);
        assertThat(payloads.object("{\"n\":" + "9".repeat(1_500) + "}").get("n").toString())
                .hasSize(1_500);
    }

    @Test
    void aPayloadCannotBeChanged() {
        Map<String, Object> payload = payloads.object("{\"a\":1}");
        assertThatThrownBy(() -> payload.put("b", 2)).isInstanceOf(UnsupportedOperationException.class);
    }
}

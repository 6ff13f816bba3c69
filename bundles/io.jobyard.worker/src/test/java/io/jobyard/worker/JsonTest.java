// SPDX-License-Identifier: Apache-2.0
package io.jobyard.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jobyard.api.handler.PermanentException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class JsonTest {

    record Inner(int depth) {}

    record Wanted(String name, Instant at, List<Inner> inner) {}

    private final Json json = new Json();

    @Test
    void aPayloadBecomesARecordAndWhatTheRecordDoesNotKnowIsLeftOut() {
        String payload =
                "{\"name\":\"a\",\"at\":\"2030-01-01T00:00:00.000001Z\",\"inner\":[{\"depth\":1}],\"more\":{}}";
        assertThat(json.payload(payload, Wanted.class))
                .isEqualTo(new Wanted("a", Instant.parse("2030-01-01T00:00:00.000001Z"), List.of(new Inner(1))));
    }

    @Test
    void aPayloadThatDoesNotFitSaysWhere() {
        assertThatThrownBy(() -> json.payload("{\"inner\":[{\"depth\":1},{\"depth\":\"x\"}]}", Wanted.class))
                .isInstanceOf(PermanentException.class)
                .hasMessageStartingWith("the payload does not fit Wanted at /inner/1/depth: ");
    }

    @Test
    void aRecordBecomesAResult() {
        Wanted wanted = new Wanted("a", Instant.EPOCH, List.of(new Inner(1)));
        assertThat(json.result(json.object(wanted)))
                .isEqualTo("{\"name\":\"a\",\"at\":\"1970-01-01T00:00:00Z\",\"inner\":[{\"depth\":1}]}");
        for (Object none : new Object[] {"text", List.of(1), new Object()}) {
            assertThatThrownBy(() -> json.object(none))
                    .isInstanceOf(PermanentException.class)
                    .hasMessageContaining("cannot be written as a JSON object");
        }
    }

    @Test
    void aResultKeepsTimesAsText() {
        assertThat(json.result(Map.of("at", Instant.EPOCH))).isEqualTo("{\"at\":\"1970-01-01T00:00:00Z\"}");
    }

    @Test
    void whatWasAdmittedCanBeReadHoweverLong() {
        String text = "x".repeat(21_000_000);
        assertThat(json.object("{\"text\":\"" + text + "\"}")).containsEntry("text", text);
        assertThat(json.object("{\"n\":" + "9".repeat(1_500) + "}").get("n").toString())
                .hasSize(1_500);
    }

    @Test
    void aPayloadCannotBeChanged() {
        Map<String, Object> payload = json.object("{\"a\":1}");
        assertThatThrownBy(() -> payload.put("b", 2)).isInstanceOf(UnsupportedOperationException.class);
    }
}

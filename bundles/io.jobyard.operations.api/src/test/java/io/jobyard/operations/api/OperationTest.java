// SPDX-License-Identifier: Apache-2.0
package io.jobyard.operations.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jobyard.api.ValidationException;
import io.jobyard.views.api.JobField;
import io.jobyard.views.api.View;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class OperationTest {

    private static final Instant NOW = Instant.parse("2030-01-01T00:00:00Z");
    private static final View<String> TEXT = View.<String>of("text", "A text.").text("text", "it", text -> text);

    private static final Operation OPERATION = Operation.post("/things/{name}/send", "sendThing")
            .says("Send a thing.")
            .takes(
                    Input.text("to", "the receiver").mandatory(),
                    Input.whole("copies", "number of copies", 1, 10).byDefault(1),
                    Input.of("urgent", InputType.FLAG, "whether it is urgent"),
                    Input.of("tags", InputType.TEXTS, "its tags").among(List.of("red", "green")),
                    Input.of("label", InputType.TEXTS_BY_NAME, "its labels"),
                    Input.of("wait", InputType.DURATION, "how long to wait").byDefault("1m"),
                    Input.of("at", InputType.TIME, "the time").mayBeNull())
            .answers(200, TEXT)
            .by(call -> OperationResult.of(TEXT, call.inputs().needed("to")));

    private static Inputs read(Map<String, Object> given) {
        Map<String, Object> all = new HashMap<>(Map.of("name", "n", "to", "ann"));
        all.putAll(given);
        return OPERATION.check(all, NOW);
    }

    private static void refused(Map<String, Object> given, String field, String message) {
        assertThatThrownBy(() -> read(given))
                .isInstanceOfSatisfying(
                        ValidationException.class, e -> assertThat(e.field()).isEqualTo(field))
                .hasMessage(message);
    }

    @Test
    void anInputIsReadByItsType() {
        Inputs inputs = read(
                Map.of("copies", 3, "urgent", true, "tags", "red", "label", Map.of("a", "b"), "wait", 90, "at", "2h"));
        assertThat(inputs.number("copies", 1)).isEqualTo(3);
        assertThat(inputs.flag("urgent")).isTrue();
        assertThat(inputs.texts("tags")).containsExactly("red");
        assertThat(inputs.textsByName("label")).isEqualTo(Map.of("a", "b"));
        assertThat(inputs.duration("wait")).isEqualTo(Duration.ofSeconds(90));
        assertThat(inputs.next("at")).isEqualTo(NOW.plusSeconds(7200));
        assertThat(inputs.past("at")).isEqualTo(NOW.minusSeconds(7200));
    }

    @Test
    void anInputThatIsNotGivenIsNothingAndNullIsAValueOnlyWhereItIsDeclared() {
        Map<String, Object> nulls = new HashMap<>();
        nulls.put("at", null);
        nulls.put("copies", null);
        Inputs inputs = read(nulls);
        assertThat(inputs.has("at")).isTrue();
        assertThat(inputs.next("at")).isNull();
        assertThat(inputs.has("copies")).isFalse();
        assertThat(inputs.number("copies", 1)).isEqualTo(1);
        assertThat(inputs.texts("tags")).isEmpty();
        assertThat(inputs.duration("wait")).isNull();
    }

    @Test
    void aWrongInputIsNamedWithTheFix() {
        refused(
                Map.of("copie", 1),
                "copie",
                "unknown field 'copie' (did you mean 'copies'?); use to, copies, urgent, tags, label, wait, at");
        refused(Map.of("copies", 11), "copies", "copies = 11 is out of range; use 1 to 10");
        refused(Map.of("copies", "many"), "copies", "copies = 'many' must be a whole number");
        refused(Map.of("tags", List.of(5)), "tags", "tags must be a list of strings");
        refused(
                Map.of("label", Map.of("a", 1)),
                "label",
                "label must be an object of strings; as text, use NAME=VALUE");
        Map<String, Object> missing = new HashMap<>();
        missing.put("to", null);
        refused(missing, "to", "missing to; give the receiver");
        assertThatThrownBy(() -> read(Map.of("at", "soon")).next("at"))
                .hasMessage("invalid at = 'soon'; use an instant such as 2027-01-31T08:00:00Z, a time of day such as"
                        + " 18:30, or a duration from now such as 2h");
    }

    @Test
    void anOperationWithoutInputsSaysSo() {
        Operation plain =
                Operation.get("/plain", "getPlain").answers(200, TEXT).by(call -> OperationResult.of(TEXT, "x"));
        assertThatThrownBy(() -> plain.check(Map.of("any", 1), NOW))
                .hasMessage("unknown field 'any'; getPlain has no fields");
    }

    @Test
    void textsOfAQueryBecomeJson() {
        assertThat(InputType.WHOLE.json(List.of("5"))).isEqualTo(5);
        assertThat(InputType.WHOLE.json(List.of("5000000000"))).isEqualTo(5_000_000_000L);
        assertThat(InputType.WHOLE.json(List.of("five"))).isEqualTo("five");
        assertThat(InputType.FLAG.json(List.of("true"))).isEqualTo(true);
        assertThat(InputType.TEXTS.json(List.of("a", "b"))).isEqualTo(List.of("a", "b"));
        assertThat(InputType.TEXTS_BY_NAME.json(List.of("a=1", "b=x=y"))).isEqualTo(Map.of("a", "1", "b", "x=y"));
        assertThat(InputType.TEXTS_BY_NAME.json(List.of("a"))).isEqualTo("a");
    }

    @Test
    void thePartsOfThePathAreInputsToo() {
        assertThat(OPERATION.pathInputs()).extracting(Input::name).containsExactly("name");
        assertThat(OPERATION.otherInputs()).extracting(Input::name).doesNotContain("name");
        assertThat(OPERATION.subject()).isEqualTo("things");
        assertThat(OPERATION.hasBody()).isTrue();
        assertThat(OPERATION.needsBody()).isTrue();
    }

    @Test
    void theSchemaHasRangeWordsAndDefault() {
        assertThat(OPERATION.inputs().get(2).schema())
                .containsEntry("type", "integer")
                .containsEntry("minimum", 1L)
                .containsEntry("maximum", 10L)
                .containsEntry("default", 1)
                .containsEntry("description", "number of copies");
        assertThat(OPERATION.inputs().get(4).schema())
                .containsEntry("items", Map.of("type", "string", "enum", List.of("red", "green")));
        assertThat(OPERATION.inputs().get(6).schema())
                .doesNotContainKey("default")
                .containsEntry("description", "how long to wait; default: 1m");
        assertThat(OPERATION.inputs().get(7).schema()).containsEntry("type", List.of("string", "null"));
    }

    @Test
    void fieldsOfAJobAreInputsThatTheirReaderChecks() {
        Operation submit = Operation.post("/jobs", "submit")
                .takesJob(JobField.ALL)
                .answers(201, TEXT)
                .by(call -> OperationResult.of(TEXT, "x"));
        assertThat(submit.check(Map.of("type", 5, "priority", "high"), NOW).values())
                .isEqualTo(Map.of("type", 5, "priority", "high"));
        assertThatThrownBy(() -> submit.check(Map.of("prioritty", 1), NOW))
                .hasMessageStartingWith("unknown field 'prioritty' (did you mean 'priority'?); use type,");
    }

    @Test
    void anOperationHasOneView() {
        View<String> other = View.of("other", "Another view.");
        assertThatThrownBy(() -> Operation.get("/x", "getX").answers(200, TEXT).answers(201, other))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("declare two operations");
    }
}

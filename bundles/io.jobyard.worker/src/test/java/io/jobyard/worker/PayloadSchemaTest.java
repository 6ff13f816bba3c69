// SPDX-License-Identifier: Apache-2.0
package io.jobyard.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jobyard.api.FieldProblem;
import java.util.List;
import org.junit.jupiter.api.Test;

class PayloadSchemaTest {

    private final PayloadSchema schema = PayloadSchema.of("llm_internal_tool", """
            {
              "type": "object",
              "required": ["tool_name", "parameters"],
              "properties": {
                "tool_name": {"type": "string"},
                "parameters": {"type": "object", "required": ["text"]}
              }
            }""");

    @Test
    void whatIsMissingIsToldInTheSourcesWords() {
        assertThat(texts("{}"))
                .containsExactlyInAnyOrder(
                        "tool_name is required for llm_internal_tool jobs",
                        "parameters is required for llm_internal_tool jobs");
        assertThat(texts("{\"tool_name\":\"count_tokens\"}"))
                .containsExactly("parameters is required for llm_internal_tool jobs");
        assertThat(texts("{\"tool_name\":\"a\",\"parameters\":{}}"))
                .containsExactly("payload.parameters.text is required for llm_internal_tool jobs");
    }

    @Test
    void whatIsWrongIsToldWithItsPlace() {
        assertThat(texts("{\"tool_name\":7,\"parameters\":{\"text\":\"a\"}}"))
                .singleElement()
                .asString()
                .startsWith("payload.tool_name does not match the schema of llm_internal_tool: ")
                .contains("string");
    }

    private List<String> texts(String payload) {
        return schema.problems(payload).stream().map(FieldProblem::message).toList();
    }

    @Test
    void whatIsWrongHasItsPath() {
        PayloadSchema nested = PayloadSchema.of("mail", """
                {
                  "properties": {
                    "mails": {
                      "items": {
                        "properties": {"to": {"type": "string"}},
                        "required": ["text"],
                        "additionalProperties": {"type": "string"}
                      }
                    },
                    "a/b.c": {"additionalProperties": false}
                  }
                }""");
        assertThat(nested.problems("{\"mails\": [{\"text\": \"a\"}, {\"to\": 7}], \"a/b.c\": {\"d\": 1}}"))
                .extracting(FieldProblem::field)
                .containsExactlyInAnyOrder("payload.mails[1].to", "payload.mails[1].text", "payload[\"a/b.c\"].d");
    }

    @Test
    void whatFitsHasNoProblems() {
        assertThat(texts("{\"tool_name\":\"a\",\"parameters\":{\"text\":\"b\"},\"more\":[]}"))
                .isEmpty();
        assertThat(PayloadSchema.NONE.problems("{}")).isEmpty();
    }

    @Test
    void aSchemaThatIsNoneIsRefusedWhenItIsReadWithThePlace() {
        assertRefused(
                "{\n\"type\": \"object\",", "is invalid at line 2, column 18: it is not JSON: Unexpected end-of-input");
        assertRefused("", "is invalid: ");
        assertRefused("{\"properties\": {\"a\": {\"type\": \"wrong\"}}}", "is invalid at /properties/a/type: ");
        assertRefused("{\"properties\": {\"a\": {\"minimum\": \"x\"}}}", "is invalid at /properties/a/minimum: ");
        assertRefused("{\"properties\": {\"a\": {\"pattern\": \"(\"}}}", "is invalid: ");
        assertRefused("{\"properties\": {\"a\": {\"$ref\": \"#/$defs/b\"}}}", "is invalid: ");
        assertRefused("{\"$schema\": \"https://example.com/none\"}", "is invalid: ");
    }

    private static void assertRefused(String text, String message) {
        assertThatThrownBy(() -> PayloadSchema.of("work", text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(message)
                .hasMessageNotContainingAny("\n", "marker");
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.jobyard.worker;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which values of a payload a schema marks. */
class SchemaMarksTest {

    @Test
    void aMarkedPropertyIsFoundAtAnyDepth() throws Exception {
        assertThat(marked("""
                        {"properties": {
                          "token": {"type": "string", "x-mark": true},
                          "name": {"type": "string", "x-mark": false},
                          "other": {"x-mark": "true", "x-other": true},
                          "api": {"type": "object", "properties": {"key": {"x-mark": true}}}}}""", """
                        {"token": "a", "name": "b", "other": "c", "api": {"key": "d", "url": "e"}, "more": "f"}""")).containsExactlyInAnyOrder("/token", "/api/key");
    }

    @Test
    void elementsOfArraysAreFoundEachByItsPlace() throws Exception {
        assertThat(marked("""
                        {"properties": {
                          "all": {"items": {"x-mark": true}},
                          "pair": {"prefixItems": [{"type": "string"}, {"properties": {"t": {"x-mark": true}}}]},
                          "some": {"contains": {"properties": {"k": {"const": 1}, "t": {"x-mark": true}}}}}}""", """
                        {"all": ["a", "b"], "pair": ["c", {"t": "d"}, {"t": "e"}],
                         "some": [{"k": 1, "t": "f"}, {"k": 2, "t": "g"}]}""")).containsExactlyInAnyOrder("/all/0", "/all/1", "/pair/1/t", "/some/0/t");
    }

    @Test
    void aReferenceMarksWhereItIsUsed() throws Exception {
        assertThat(marked("""
                        {"$defs": {
                           "secret": {"type": "string", "x-mark": true},
                           "tree": {"properties": {"t": {"$ref": "#/$defs/secret"}, "next": {"$ref": "#/$defs/tree"}}}},
                         "allOf": [{"properties": {"a": {"$ref": "#/$defs/secret"}}}],
                         "properties": {"b": {"type": "string"}},
                         "patternProperties": {"^tree": {"$ref": "#/$defs/tree"}},
                         "additionalProperties": true}""", """
                        {"a": "1", "b": "2", "c": "3", "tree1": {"t": "4", "next": {"t": "5", "next": {}}}}""")).containsExactlyInAnyOrder("/a", "/tree1/t", "/tree1/next/t");
    }

    @Test
    void aBranchThatDoesNotApplyMarksNothing() throws Exception {
        String branches = """
                [{"properties": {"kind": {"const": "api"}, "text": {"x-mark": true}, "in": {"items": {"x-mark": true}}}},
                 {"properties": {"kind": {"const": "echo"}, "text": {"type": "string"}, "out": {"x-mark": true}}}]""";
        for (String keyword : Set.of("anyOf", "oneOf")) {
            String schema = "{\"" + keyword + "\": " + branches + "}";
            assertThat(marked(schema, "{\"kind\": \"echo\", \"text\": \"a\", \"in\": [\"b\"], \"out\": \"c\"}"))
                    .as(keyword)
                    .containsExactly("/out");
            assertThat(marked(schema, "{\"kind\": \"api\", \"text\": \"a\", \"in\": [\"b\"], \"out\": \"c\"}"))
                    .as(keyword)
                    .containsExactlyInAnyOrder("/text", "/in/0");
        }
    }

    @Test
    void bothBranchesThatApplyMark() throws Exception {
        assertThat(marked("""
                        {"anyOf": [{"required": ["a"], "properties": {"a": {"x-mark": true}}},
                                   {"properties": {"b": {"x-mark": true}}},
                                   {"required": ["c"], "properties": {"d": {"x-mark": true}}}]}""", """
                        {"a": "1", "b": "2", "d": "3"}""")).containsExactlyInAnyOrder("/a", "/b");
    }

    @Test
    void conditionsMarkByTheirOutcome() throws Exception {
        String schema = """
                {"if": {"properties": {"kind": {"const": "api"}, "i": {"x-mark": true}}},
                 "then": {"properties": {"t": {"x-mark": true}}},
                 "else": {"properties": {"e": {"x-mark": true}}},
                 "not": {"required": ["never"], "properties": {"n": {"x-mark": true}}},
                 "dependentSchemas": {"d": {"properties": {"s": {"x-mark": true}}}}}""";
        assertThat(marked(schema, """
                        {"kind": "api", "i": "1", "t": "2", "e": "3", "n": "4", "s": "5"}""")).containsExactlyInAnyOrder("/i", "/t");
        assertThat(marked(schema, """
                        {"kind": "echo", "i": "1", "t": "2", "e": "3", "n": "4", "s": "5", "d": 6}""")).containsExactlyInAnyOrder("/e", "/s");
    }

    @Test
    void aBranchWithinABranchThatDoesNotApplyMarksNothing() throws Exception {
        assertThat(marked("""
                        {"properties": {"list": {"items": {"anyOf": [
                           {"allOf": [{"anyOf": [{"properties": {"t": {"x-mark": true}}}]}, {"required": ["key"]}]},
                           {"type": "object"}]}}}}""", """
                        {"list": [{"t": "1"}, {"t": "2", "key": 1}]}""")).containsExactly("/list/1/t");
    }

    @Test
    void namesAreEscapedAsInAJsonPointer() throws Exception {
        assertThat(marked("""
                        {"additionalProperties": {"x-mark": true}}""", """
                        {"a/b": 1, "m~n": 2, "~1": 3, "": 4, "q\\"'": 5, "\\n": 6, "ü %20": 7, "0": 8}"""))
                .containsExactlyInAnyOrder("/a~1b", "/m~0n", "/~01", "/", "/q\"'", "/\n", "/ü %20", "/0");
    }

    @Test
    void aPayloadThatDoesNotFitHasNoMarks() throws Exception {
        String schema = "{\"required\": [\"b\"], \"properties\": {\"a\": {\"x-mark\": true}}}";
        assertThat(marked(schema, "{\"a\": \"1\"}")).isEmpty();
        assertThat(marked(schema, "{\"a\": \"1\", \"b\": 2}")).containsExactly("/a");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://json-schema.org/draft/2020-12/schema",
                "https://json-schema.org/draft/2019-09/schema",
                "http://json-schema.org/draft-07/schema#",
                "http://json-schema.org/draft-06/schema#",
                "http://json-schema.org/draft-04/schema#"
            })
    void everyDraftMayMark(String draft) throws Exception {
        assertThat(marked(
                        "{\"$schema\": \"" + draft + "\", \"properties\": {\"a\": {\"x-mark\": true}}}", "{\"a\": 1}"))
                .containsExactly("/a");
    }

    @Test
    void withoutASchemaNothingIsMarked() throws Exception {
        assertThat(PayloadSchema.NONE.marked(new JsonMapper().readTree("{\"a\": 1}"), "x-mark"))
                .isEmpty();
    }

    private static Set<String> marked(String schema, String payload) throws JsonProcessingException {
        return PayloadSchema.of("work", schema).marked(new JsonMapper().readTree(payload), "x-mark");
    }
}

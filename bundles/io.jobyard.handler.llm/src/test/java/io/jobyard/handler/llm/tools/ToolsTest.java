// SPDX-License-Identifier: Apache-2.0
package io.jobyard.handler.llm.tools;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.jobyard.doubles.FakeJobContext;
import io.jobyard.handler.llm.api.InvalidParameterException;
import io.jobyard.handler.llm.api.LlmTool;
import io.jobyard.handler.llm.api.ToolParameters;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ToolsTest {

    private static final Tokenizer TOKENIZER = new Tokenizer();
    private static final LlmTool COUNT = new CountTokens(TOKENIZER);
    private static final LlmTool CHUNK = new ChunkText(TOKENIZER);
    private static final LlmTool OUTLINE = new OutlineMarkdown(TOKENIZER);

    @Test
    void countsTokens() throws Exception {
        assertThat(call(COUNT, Map.of("text", "Hello, world!")))
                .isEqualTo(Map.of("tokens", 4, "encoding", "o200k_base"));
        assertThat(call(COUNT, Map.of("text", ""))).containsEntry("tokens", 0);
    }

    @Test
    void chunksWithTheDefaultSizes() throws Exception {
        Map<String, Object> result = call(CHUNK, Map.of("text", "Some words of a text. ".repeat(500)));

        List<Chunk> chunks = chunks(result);
        assertThat(result).containsEntry("chunk_count", chunks.size()).containsEntry("encoding", "o200k_base");
        assertThat(chunks.get(0).tokens()).isBetween(505, 512);
        assertThat(chunks.get(1).tokens()).isBetween(490, 512);
        assertThat(TOKENIZER.count("Some words of a text. "
                        .repeat(500)
                        .substring(chunks.get(1).start(), chunks.get(0).end())))
                .isBetween(57, 64);
    }

    @Test
    void overlapsHalfWhereTheDefaultWouldBeMore() throws Exception {
        List<Chunk> chunks = chunks(call(CHUNK, Map.of("text", "a b c d e f g h i j k l m n", "max_tokens", 6)));

        assertThat(chunks)
                .hasSize(4)
                .allSatisfy(chunk -> assertThat(chunk.tokens()).isLessThanOrEqualTo(6));
    }

    @Test
    void outlinesMarkdown() throws Exception {
        assertThat(call(OUTLINE, Map.of("text", "# One\n")))
                .isEqualTo(Map.of(
                        "headings",
                        List.of(new Heading(1, "One", 1, TOKENIZER.count("# One\n"))),
                        "heading_count",
                        1,
                        "encoding",
                        "o200k_base"));
    }

    @Test
    void namesWhatIsInAResultAsTheDescriptionDoes() throws Exception {
        assertThat(json(call(CHUNK, Map.of("text", "One."))).get("chunks").toString())
                .isEqualTo("[{\"text\":\"One.\",\"tokens\":2,\"start\":0,\"end\":4}]");
        assertThat(json(call(OUTLINE, Map.of("text", "# One"))).get("headings").toString())
                .isEqualTo("[{\"level\":1,\"title\":\"One\",\"line\":1,\"tokens\":2}]");
    }

    @ParameterizedTest
    @MethodSource
    void refusesWhatTheSchemaRefuses(LlmTool tool, Map<String, Object> parameters, String message) throws Exception {
        assertThat(fitsSchema(tool, parameters)).isFalse();
        assertThatExceptionOfType(InvalidParameterException.class)
                .isThrownBy(() -> call(tool, parameters))
                .withMessage(message);
    }

    static List<Arguments> refusesWhatTheSchemaRefuses() {
        return List.of(
                Arguments.of(COUNT, Map.of(), "text is required for tool"),
                Arguments.of(COUNT, Map.of("text", 1), "text must be a string for tool, but is 1"),
                Arguments.of(COUNT, Map.of("text", "", "txt", ""), "tool: unknown parameter txt; use one of text"),
                Arguments.of(OUTLINE, Map.of(), "text is required for tool"),
                Arguments.of(OUTLINE, Map.of("text", true), "text must be a string for tool, but is true"),
                Arguments.of(CHUNK, Map.of("max_tokens", 5), "text is required for tool"),
                Arguments.of(
                        CHUNK,
                        Map.of("text", "", "max_tokens", 3),
                        "max_tokens must be a whole number from 4 to 1000000 for tool, but is 3"),
                Arguments.of(
                        CHUNK,
                        Map.of("text", "", "max_tokens", 1_000_001),
                        "max_tokens must be a whole number from 4 to 1000000 for tool, but is 1000001"),
                Arguments.of(
                        CHUNK,
                        Map.of("text", "", "max_tokens", "512"),
                        "max_tokens must be a whole number from 4 to 1000000 for tool, but is \"512\""),
                Arguments.of(
                        CHUNK,
                        Map.of("text", "", "overlap_tokens", -1),
                        "overlap_tokens must be a whole number from 0 to 256 for tool, but is -1"),
                Arguments.of(
                        CHUNK,
                        Map.of("text", "", "size", 1),
                        "tool: unknown parameter size; use one of text, max_tokens, overlap_tokens"));
    }

    @ParameterizedTest
    @MethodSource
    void takesWhatTheSchemaTakes(LlmTool tool, Map<String, Object> parameters) throws Exception {
        assertThat(fitsSchema(tool, parameters)).isTrue();
        assertThat(call(tool, parameters)).containsKey("encoding");
    }

    static List<Arguments> takesWhatTheSchemaTakes() {
        return List.of(
                Arguments.of(COUNT, Map.of("text", "")),
                Arguments.of(OUTLINE, Map.of("text", "")),
                Arguments.of(CHUNK, Map.of("text", "a")),
                Arguments.of(CHUNK, Map.of("text", "a", "max_tokens", 4, "overlap_tokens", 2)),
                Arguments.of(CHUNK, Map.of("text", "a", "max_tokens", 1_000_000, "overlap_tokens", 500_000)));
    }

    @Test
    void refusesAnOverlapOfMoreThanHalf() {
        assertThatExceptionOfType(InvalidParameterException.class)
                .isThrownBy(() -> call(CHUNK, Map.of("text", "", "max_tokens", 100, "overlap_tokens", 51)))
                .withMessage("overlap_tokens must be a whole number from 0 to 50 for tool, but is 51");
    }

    private static Map<String, Object> call(LlmTool tool, Map<String, Object> parameters) throws Exception {
        return tool.call(new ToolParameters("tool", parameters), new FakeJobContext(new HashMap<>()));
    }

    private static JsonNode json(Map<String, Object> result) {
        return new ObjectMapper().valueToTree(result);
    }

    private static List<Chunk> chunks(Map<String, Object> result) {
        return ((List<?>) result.get("chunks")).stream().map(Chunk.class::cast).toList();
    }

    private static boolean fitsSchema(LlmTool tool, Map<String, Object> parameters) throws Exception {
        return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(tool.parametersSchema())
                .validate(new ObjectMapper().writeValueAsString(parameters), InputFormat.JSON)
                .isEmpty();
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.jobyard.handler.llm.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Calls and answers as the providers have published them. */
class WireFormTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final WireForm OPENAI = new OpenAiWire("max_completion_tokens");
    private static final WireForm ANTHROPIC = new AnthropicWire();

    @Test
    void writesACallInTheOpenAiForm() throws Exception {
        assertThat(OPENAI.chat(everything(), "up", 99)).isEqualTo(JSON.readTree("""
                {"model": "up",
                 "messages": [
                   {"role": "system", "content": "be short"},
                   {"role": "user", "content": "hi"},
                   {"role": "assistant", "content": "", "tool_calls": [
                     {"id": "c1", "type": "function", "function": {"name": "look", "arguments": "{\\"at\\":1}"}},
                     {"id": "c2", "type": "function", "function": {"name": "look", "arguments": "{}"}}]},
                   {"role": "tool", "content": "one", "tool_call_id": "c1"},
                   {"role": "tool", "content": "two", "tool_call_id": "c2"}],
                 "max_completion_tokens": 99, "temperature": 0.5, "stop": ["END"],
                 "tools": [{"type": "function", "function":
                   {"name": "look", "description": "Looks.", "parameters": {"type": "object"}}}],
                 "tool_choice": {"type": "function", "function": {"name": "look"}},
                 "stream": true, "stream_options": {"include_usage": true}}"""));
    }

    @Test
    void writesACallInTheAnthropicForm() throws Exception {
        assertThat(ANTHROPIC.chat(everything(), "up", 99)).isEqualTo(JSON.readTree("""
                {"model": "up", "max_tokens": 99, "system": "be short",
                 "messages": [
                   {"role": "user", "content": "hi"},
                   {"role": "assistant", "content": [
                     {"type": "tool_use", "id": "c1", "name": "look", "input": {"at": 1}},
                     {"type": "tool_use", "id": "c2", "name": "look", "input": {}}]},
                   {"role": "user", "content": [
                     {"type": "tool_result", "tool_use_id": "c1", "content": "one"},
                     {"type": "tool_result", "tool_use_id": "c2", "content": "two"}]}],
                 "temperature": 0.5, "stop_sequences": ["END"],
                 "tools": [{"name": "look", "description": "Looks.", "input_schema": {"type": "object"}}],
                 "tool_choice": {"type": "tool", "name": "look"}, "stream": true}"""));
    }

    @Test
    void asksForJsonAsEachProviderKnowsIt() throws Exception {
        ModelQuery query = query(Map.of("type", "object"));
        assertThat(OPENAI.chat(query, "m", 1).get("response_format"))
                .isEqualTo(
                        JSON.readTree(
                                "{\"type\": \"json_schema\", \"json_schema\": {\"name\": \"answer\", \"schema\": {\"type\": \"object\"}}}"));
        assertThat(ANTHROPIC.chat(query, "m", 1).get("tool_choice"))
                .isEqualTo(JSON.readTree("{\"type\": \"tool\", \"name\": \"answer\"}"));
        assertThat(ANTHROPIC.chat(query, "m", 1).at("/tools/0/input_schema"))
                .isEqualTo(JSON.readTree("{\"type\": \"object\"}"));
    }

    @Test
    void readsAStreamOfTheOpenAiForm() {
        PartialAnswer answer = new PartialAnswer(100, false);
        add(
                OPENAI,
                answer,
                "{\"choices\": [{\"delta\": {\"role\": \"assistant\", \"content\": \"\"}, \"finish_reason\": null}], \"usage\": null}");
        add(OPENAI, answer, "{\"choices\": [{\"delta\": {\"content\": \"Hel\"}}]}");
        add(OPENAI, answer, "{\"choices\": [{\"delta\": {\"content\": \"lo\"}}]}");
        add(
                OPENAI,
                answer,
                "{\"choices\": [{\"delta\": {\"tool_calls\": [{\"index\": 1, \"id\": \"b\", \"function\": {\"name\": \"two\", \"arguments\": \"\"}}]}}]}");
        add(
                OPENAI,
                answer,
                "{\"choices\": [{\"delta\": {\"tool_calls\": [{\"index\": 0, \"id\": \"a\", \"function\": {\"name\": \"one\", \"arguments\": \"{\"}}]}}]}");
        add(
                OPENAI,
                answer,
                "{\"choices\": [{\"delta\": {\"tool_calls\": [{\"index\": 0, \"function\": {\"arguments\": \"}\"}}]}}]}");
        assertThat(answer.isFinished()).isFalse();
        add(OPENAI, answer, "{\"choices\": [{\"delta\": {}, \"finish_reason\": \"tool_calls\"}]}");
        add(
                OPENAI,
                answer,
                "{\"choices\": [], \"usage\": {\"prompt_tokens\": 7, \"completion_tokens\": 5, \"prompt_tokens_details\": {\"cached_tokens\": 2}}}");
        add(OPENAI, answer, "[DONE]");
        assertThat(answer.takeFresh()).isEqualTo("Hello");
        assertThat(answer.takeFresh()).isEmpty();
        assertThat(answer.toolCalls())
                .containsExactly(new RequestedTool("a", "one", "{}"), new RequestedTool("b", "two", ""));
        assertThat(answer.finishReason()).isEqualTo("tool_calls");
        assertUsage(answer, 7L, 2, 5L);
    }

    @Test
    void readsAStreamOfTheAnthropicForm() {
        PartialAnswer answer = new PartialAnswer(100, false);
        add(
                ANTHROPIC,
                answer,
                "{\"type\": \"message_start\", \"message\": {\"usage\": {\"input_tokens\": 5, \"cache_creation_input_tokens\": 1, \"cache_read_input_tokens\": 2, \"output_tokens\": 1}}}");
        add(ANTHROPIC, answer, "{\"type\": \"ping\"}");
        add(
                ANTHROPIC,
                answer,
                "{\"type\": \"content_block_start\", \"index\": 0, \"content_block\": {\"type\": \"text\", \"text\": \"\"}}");
        add(
                ANTHROPIC,
                answer,
                "{\"type\": \"content_block_delta\", \"index\": 0, \"delta\": {\"type\": \"text_delta\", \"text\": \"Hi\"}}");
        add(ANTHROPIC, answer, "{\"type\": \"content_block_stop\", \"index\": 0}");
        add(
                ANTHROPIC,
                answer,
                "{\"type\": \"content_block_start\", \"index\": 1, \"content_block\": {\"type\": \"tool_use\", \"id\": \"t\", \"name\": \"look\", \"input\": {}}}");
        add(
                ANTHROPIC,
                answer,
                "{\"type\": \"content_block_delta\", \"index\": 1, \"delta\": {\"type\": \"input_json_delta\", \"partial_json\": \"{}\"}}");
        add(ANTHROPIC, answer, "{\"type\": \"a_new_event\"}");
        add(
                ANTHROPIC,
                answer,
                "{\"type\": \"message_delta\", \"delta\": {\"stop_reason\": \"tool_use\"}, \"usage\": {\"output_tokens\": 15}}");
        add(ANTHROPIC, answer, "{\"type\": \"message_stop\"}");
        assertThat(answer.text()).isEqualTo("Hi");
        assertThat(answer.toolCalls()).containsExactly(new RequestedTool("t", "look", "{}"));
        assertThat(answer.finishReason()).isEqualTo("tool_calls");
        assertUsage(answer, 8L, 2, 15L);
    }

    @Test
    void whatTheAnswerToolTakesIsTheText() {
        PartialAnswer answer = new PartialAnswer(100, true);
        add(
                ANTHROPIC,
                answer,
                "{\"type\": \"content_block_start\", \"index\": 0, \"content_block\": {\"type\": \"tool_use\", \"id\": \"t\", \"name\": \"answer\", \"input\": {}}}");
        add(
                ANTHROPIC,
                answer,
                "{\"type\": \"content_block_delta\", \"index\": 0, \"delta\": {\"type\": \"input_json_delta\", \"partial_json\": \"{\\\"a\\\": 1}\"}}");
        add(ANTHROPIC, answer, "{\"type\": \"message_delta\", \"delta\": {\"stop_reason\": \"tool_use\"}}");
        assertThat(answer.text()).isEqualTo("{\"a\": 1}");
        assertThat(answer.toolCalls()).isEmpty();
        assertThat(answer.finishReason()).isEqualTo("stop");
        assertThat(answer.received()).isEqualTo("answer{\"a\": 1}");
    }

    @Test
    void whatIsNoAnswerOrAnErrorIsSaid() {
        PartialAnswer answer = new PartialAnswer(10, false);
        assertThatThrownBy(() -> add(OPENAI, answer, "{\"choices\": ["))
                .isInstanceOf(BadAnswerException.class)
                .hasMessage("an event of the stream is not a JSON object");
        assertThatThrownBy(() -> OPENAI.add(JSON.createObjectNode(), answer)).isInstanceOf(BadAnswerException.class);
        assertThatThrownBy(() -> ANTHROPIC.add(JSON.createObjectNode(), answer)).isInstanceOf(BadAnswerException.class);
        assertThatThrownBy(() ->
                        add(OPENAI, answer, "{\"error\": {\"message\": \"it broke\", \"type\": \"server_error\"}}"))
                .isInstanceOf(ProviderFailedException.class)
                .hasMessage("server_error: it broke");
        assertThatThrownBy(
                        () -> add(
                                ANTHROPIC,
                                answer,
                                "{\"type\": \"error\", \"error\": {\"type\": \"overloaded_error\", \"message\": \"Overloaded\"}}"))
                .isInstanceOf(ProviderFailedException.class)
                .hasMessage("overloaded_error: Overloaded");
        assertThatThrownBy(() -> add(OPENAI, answer, "{\"choices\": [{\"delta\": {\"content\": \"eleven char\"}}]}"))
                .isInstanceOf(AnswerTooLargeException.class);
    }

    @Test
    void numbersThatCannotBeSayNothing() throws Exception {
        PartialAnswer answer = new PartialAnswer(10, false);
        add(OPENAI, answer, "{\"choices\": [], \"usage\": {\"prompt_tokens\": -7, \"completion_tokens\": \"many\"}}");
        assertUsage(answer, null, 0, null);
        add(
                OPENAI,
                answer,
                "{\"choices\": [], \"usage\": {\"prompt_tokens\": 1, \"prompt_tokens_details\": {\"cached_tokens\": 9}, \"completion_tokens\": 1e30}}");
        assertUsage(answer, null, 0, null);
    }

    private static void assertUsage(PartialAnswer answer, @Nullable Long input, long cached, @Nullable Long output) {
        assertThat(answer.inputTokens()).isEqualTo(input);
        assertThat(answer.cachedTokens()).isEqualTo(cached);
        assertThat(answer.outputTokens()).isEqualTo(output);
    }

    private static void add(WireForm form, PartialAnswer answer, String data) {
        form.add(new ServerSentEvent("message", data), answer);
    }

    private static ModelQuery query(Map<String, Object> schema) {
        return new ModelQuery(
                null,
                "m",
                List.of(ChatMessage.user("hi")),
                null,
                List.of(),
                null,
                null,
                null,
                List.of(),
                schema,
                false);
    }

    private static ModelQuery everything() throws JsonProcessingException {
        JsonNode payload = JSON.readTree("""
                {"model": "m", "system": "be short",
                 "messages": [
                   {"role": "user", "content": "hi"},
                   {"role": "assistant", "content": "", "toolCalls": [
                     {"id": "c1", "name": "look", "arguments": "{\\"at\\":1}"}, {"id": "c2", "name": "look", "arguments": "{}"}]},
                   {"role": "tool", "content": "one", "toolCallId": "c1"},
                   {"role": "tool", "content": "two", "toolCallId": "c2"}],
                 "tools": [{"name": "look", "description": "Looks."}], "toolChoice": "look",
                 "temperature": 0.5, "stop": ["END"]}""");
        return JSON.treeToValue(payload, ModelQuery.class);
    }
}

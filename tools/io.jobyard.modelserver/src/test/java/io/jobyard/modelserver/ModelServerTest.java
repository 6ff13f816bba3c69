// SPDX-License-Identifier: Apache-2.0
package io.jobyard.modelserver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Its tokens are words here. */
class ModelServerTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String ASK = "\"messages\": [{\"role\": \"user\", \"content\": \"say it again\"}]";
    private static final String OPENAI = "{\"model\": \"m\", " + ASK + "}";
    private static final String OPENAI_STREAM =
            "{\"model\": \"m\", \"stream\": true, \"stream_options\": {\"include_usage\": true}, " + ASK + "}";
    private static final String ANTHROPIC = "{\"model\": \"m\", \"max_tokens\": 9, " + ASK + "}";
    private static final String ANTHROPIC_STREAM =
            "{\"model\": \"m\", \"max_tokens\": 9, \"stream\": true, " + ASK + "}";

    private final HttpClient http = HttpClient.newHttpClient();
    private ModelServer server = start(ModelScript.echo());

    @AfterEach
    void end() {
        server.close();
    }

    @Test
    void answersInTheOpenAiForm() throws Exception {
        JsonNode answer = JSON.readTree(post("/chat/completions", OPENAI).body());
        assertThat(answer.at("/object").asText()).isEqualTo("chat.completion");
        assertThat(answer.at("/choices/0/message/content").asText()).isEqualTo("say it again");
        assertThat(answer.at("/choices/0/finish_reason").asText()).isEqualTo("stop");
        assertThat(answer.at("/usage/prompt_tokens").asInt()).isEqualTo(9);
        assertThat(answer.at("/usage/completion_tokens").asInt()).isEqualTo(3);
    }

    @Test
    void streamsInTheOpenAiForm() throws Exception {
        List<String> data = data(post("/chat/completions", OPENAI_STREAM).body());
        assertThat(data).last().isEqualTo("[DONE]");
        assertThat(data.subList(1, 4))
                .extracting(chunk ->
                        JSON.readTree(chunk).at("/choices/0/delta/content").asText())
                .containsExactly("say ", "it ", "again");
        assertThat(JSON.readTree(data.get(4)).at("/choices/0/finish_reason").asText())
                .isEqualTo("stop");
        JsonNode usage = JSON.readTree(data.get(5));
        assertThat(usage.at("/choices")).isEmpty();
        assertThat(usage.at("/usage/total_tokens").asInt()).isEqualTo(12);
    }

    @Test
    void streamsCallsOfToolsByTheirIndex() throws Exception {
        script(call -> Turn.tool("first", "{\"a\": 1}").andTool("second", "{}"));
        List<String> data = data(post("/chat/completions", OPENAI_STREAM).body());
        assertThat(data.subList(1, 5))
                .extracting(chunk ->
                        JSON.readTree(chunk).at("/choices/0/delta/tool_calls/0").toString())
                .containsExactly(
                        "{\"index\":0,\"id\":\"call_1\",\"type\":\"function\",\"function\":{\"name\":\"first\",\"arguments\":\"\"}}",
                        "{\"index\":0,\"function\":{\"arguments\":\"{\\\"a\\\": \"}}",
                        "{\"index\":0,\"function\":{\"arguments\":\"1}\"}}",
                        "{\"index\":1,\"id\":\"call_2\",\"type\":\"function\",\"function\":{\"name\":\"second\",\"arguments\":\"\"}}");
    }

    @Test
    void answersInTheAnthropicForm() throws Exception {
        script(call -> Turn.text("so it is").cached(4));
        JsonNode answer = JSON.readTree(post("/messages", ANTHROPIC).body());
        assertThat(answer.at("/content/0/text").asText()).isEqualTo("so it is");
        assertThat(answer.at("/stop_reason").asText()).isEqualTo("end_turn");
        assertThat(answer.at("/usage/input_tokens").asInt()).isEqualTo(5);
        assertThat(answer.at("/usage/cache_read_input_tokens").asInt()).isEqualTo(4);
        assertThat(answer.at("/usage/output_tokens").asInt()).isEqualTo(3);
    }

    @Test
    void streamsInTheAnthropicForm() throws Exception {
        script(call -> Turn.text("so it").andTool("look", "{\"a\": 1}"));
        List<JsonNode> events = data(post("/messages", ANTHROPIC_STREAM).body()).stream()
                .map(ModelServerTest::json)
                .toList();
        assertThat(events)
                .extracting(event -> event.get("type").asText().replace("content_block_", ""))
                .containsExactly(
                        "message_start",
                        "ping",
                        "start",
                        "delta",
                        "delta",
                        "stop",
                        "start",
                        "delta",
                        "delta",
                        "stop",
                        "message_delta",
                        "message_stop");
        assertThat(events.get(0).at("/message/usage/input_tokens").asInt()).isEqualTo(9);
        assertThat(events.get(3).at("/delta/text").asText()).isEqualTo("so ");
        assertThat(events.get(7).at("/delta/partial_json").asText()).isEqualTo("{\"a\": ");
        assertThat(events.get(10).at("/usage/output_tokens").asInt()).isEqualTo(3); // so, itlook{"a":, 1}
    }

    @Test
    void aForcedToolOfTheAnthropicFormTakesTheAnswer() throws Exception {
        script(call -> Turn.text("{\"a\": 1}"));
        String forced = ANTHROPIC.replaceFirst("\\{", "{\"tool_choice\": {\"type\": \"tool\", \"name\": \"answer\"}, ");
        JsonNode answer = JSON.readTree(post("/messages", forced).body());
        assertThat(answer.at("/content/0/input/a").asInt()).isEqualTo(1);
        assertThat(answer.at("/stop_reason").asText()).isEqualTo("tool_use");
    }

    @Test
    void embedsTextsAndListsModels() throws Exception {
        JsonNode answer = JSON.readTree(post("/embeddings", "{\"model\": \"m\", \"input\": [\"one two\", \"three\"]}")
                .body());
        assertThat(answer.at("/data/1/index").asInt()).isEqualTo(1);
        assertThat(answer.at("/data/0/embedding")).hasSize(16);
        assertThat(answer.at("/usage/prompt_tokens").asInt()).isEqualTo(3);
        HttpRequest list =
                HttpRequest.newBuilder(URI.create(server.url() + "/models")).build();
        assertThat(http.send(list, HttpResponse.BodyHandlers.ofString()).body()).contains("\"id\":\"m\"");
    }

    @Test
    void chargesWhatItHasSentBeforeACut() {
        script(call -> Turn.text("one two three four").with(new Fault.Cut(2)));
        assertThatThrownBy(() -> post("/chat/completions", OPENAI_STREAM)).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> post("/messages", ANTHROPIC_STREAM)).isInstanceOf(IOException.class);
        assertThat(server.account().charges())
                .containsExactly(new Charge("k", "m", 9, 0, 2, false), new Charge("k", "m", 9, 0, 2, false));
    }

    @Test
    void refusesInTheFormOfTheProviderAndChargesNothing() throws Exception {
        script(call -> Turn.refused(429, "slow down").header("Retry-After", "7"));
        HttpResponse<String> openai = post("/chat/completions", OPENAI);
        assertThat(openai.statusCode()).isEqualTo(429);
        assertThat(openai.headers().firstValue("retry-after")).hasValue("7");
        assertThat(JSON.readTree(openai.body()).at("/error/code").asText()).isEqualTo("rate_limit_exceeded");
        assertThat(JSON.readTree(post("/messages", ANTHROPIC).body())
                        .at("/error/type")
                        .asText())
                .isEqualTo("rate_limit_error");
        assertThat(server.account().charges()).isEmpty();
        assertThat(server.account().refused()).isEqualTo(2);
    }

    @Test
    void refusesWhatIsNoCall() throws Exception {
        assertThat(post("/chat/completions", "{\"model\": \"m\"}").statusCode()).isEqualTo(400);
        assertThat(post("/messages", OPENAI).body()).contains("max_tokens: Field required");
        assertThat(post("/embeddings", "no json").body()).contains("could not parse");
    }

    @Test
    void aScriptKnowsHowOftenAPromptCame() throws Exception {
        script(call -> call.number() < 3 ? Turn.refused(503, "away") : Turn.text("here"));
        assertThat(post("/messages", ANTHROPIC).statusCode()).isEqualTo(503);
        assertThat(post("/messages", ANTHROPIC).statusCode()).isEqualTo(503);
        assertThat(post("/messages", ANTHROPIC).statusCode()).isEqualTo(200);
    }

    @Test
    void cutsJsonWhereTheScriptSaysSo() throws Exception {
        script(call -> Turn.text("one two").with(new Fault.BadJson()));
        assertThat(data(post("/chat/completions", OPENAI_STREAM).body()).get(1)).endsWith("\"content\":\"one \"}}]");
        assertThatThrownBy(() -> JSON.readTree(post("/messages", ANTHROPIC).body()))
                .isInstanceOf(IOException.class);
    }

    @Test
    void summarizesByTheFirstSentenceOfEachParagraph() throws Exception {
        script(ModelScript.summary());
        String text = "One. More of it.\\n\\nTwo is\\nhere! And so on.";
        assertThat(post("/messages", ANTHROPIC.replace("say it again", text)).body())
                .contains("\"One. Two is here!\"");
    }

    private static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (IOException e) {
            throw new AssertionError(text, e);
        }
    }

    private static List<String> data(String stream) {
        return Stream.of(stream.split("\n"))
                .filter(line -> line.startsWith("data: "))
                .map(line -> line.substring(6))
                .toList();
    }

    private HttpResponse<String> post(String path, String body) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create(server.url() + path))
                .header("Authorization", "Bearer k")
                .header("x-api-key", "k")
                .header("anthropic-version", "2023-06-01")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        return http.send(request, HttpResponse.BodyHandlers.ofString());
    }

    private void script(ModelScript script) {
        server.close();
        server = start(script);
    }

    private static ModelServer start(ModelScript script) {
        try {
            return ModelServer.start(script, text -> text.strip().split("\\s+").length, "m");
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}

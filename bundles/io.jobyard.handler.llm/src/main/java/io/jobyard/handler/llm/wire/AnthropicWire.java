// SPDX-License-Identifier: Apache-2.0
package io.jobyard.handler.llm.wire;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Format {@code /messages}, as published by Anthropic. An answer with a schema is the input of a tool that the model must call. */
public final class AnthropicWire implements WireForm {

    public static final String NAME = "anthropic";
    private static final String VERSION = "2023-06-01";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String chatPath() {
        return "/messages";
    }

    @Override
    public Map<String, String> headers(@Nullable String key) {
        Map<String, String> headers = new HashMap<>(Map.of("anthropic-version", VERSION));
        if (key != null) {
            headers.put("x-api-key", key);
        }
        return headers;
    }

    @Override
    public ObjectNode chat(ModelQuery query, String model, int maxTokens) {
        return AnthropicBody.of(query, model, maxTokens);
    }

    @Override
    public void add(ServerSentEvent event, PartialAnswer answer) {
        JsonNode json = WireJson.event(event.data());
        int index = json.path("index").asInt();
        switch (json.path("type").asText()) {
            case "message_start" -> input(json.path("message").path("usage"), answer);
            case "content_block_start" -> block(index, json.path("content_block"), answer);
            case "content_block_delta" -> delta(index, json.path("delta"), answer);
            case "message_delta" -> {
                finish(json.path("delta"), answer);
                output(json.path("usage"), answer);
            }
            case "error" -> throw new ProviderFailedException(ProviderError.of(json));
            default -> {
                // ping, content_block_stop, message_stop, and future events: the provider may add events at any time
            }
        }
    }

    @Override
    public void add(JsonNode body, PartialAnswer answer) {
        if (!body.path("content").isArray()) {
            throw new BadAnswerException("the response has no content");
        }
        int index = 0;
        for (JsonNode block : body.get("content")) {
            block(index, block, answer);
            if (block.path("type").asText().equals("tool_use")) {
                answer.arguments(index, block.path("input").toString());
            }
            index++;
        }
        finish(body, answer);
        input(body.path("usage"), answer);
        output(body.path("usage"), answer);
    }

    private static void block(int index, JsonNode block, PartialAnswer answer) {
        switch (block.path("type").asText()) {
            case "text" -> answer.text(block.path("text").asText());
            case "tool_use" ->
                answer.tool(index, block.path("id").asText(), block.path("name").asText());
            default -> {
                // thinking is not requested
            }
        }
    }

    private static void delta(int index, JsonNode delta, PartialAnswer answer) {
        switch (delta.path("type").asText()) {
            case "text_delta" -> answer.text(delta.path("text").asText());
            case "input_json_delta" ->
                answer.arguments(index, delta.path("partial_json").asText());
            default -> {
                // thinking is not requested
            }
        }
    }

    private static void finish(JsonNode from, PartialAnswer answer) {
        String reason = from.path("stop_reason").asText("");
        switch (reason) {
            case "", "null" -> {
                // the answer continues
            }
            case "end_turn", "stop_sequence" -> answer.finish("stop");
            case "max_tokens" -> answer.finish("length");
            case "tool_use" -> answer.finish("tool_calls");
            case "refusal" -> answer.finish("content_filter");
            default -> answer.finish(reason);
        }
    }

    /** Returns the number of prompt tokens. Tokens written to the provider's cache count like all others. */
    private static void input(JsonNode usage, PartialAnswer answer) {
        if (usage.path("input_tokens").canConvertToLong()) {
            long cached = usage.path("cache_read_input_tokens").asLong();
            long all = usage.get("input_tokens").asLong()
                    + usage.path("cache_creation_input_tokens").asLong()
                    + cached;
            answer.input(all, cached);
        }
    }

    private static void output(JsonNode usage, PartialAnswer answer) {
        if (usage.path("output_tokens").canConvertToLong()) {
            answer.output(usage.get("output_tokens").asLong());
        }
    }
}

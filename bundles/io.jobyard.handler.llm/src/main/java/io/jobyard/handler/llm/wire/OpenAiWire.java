// SPDX-License-Identifier: Apache-2.0
package io.jobyard.handler.llm.wire;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Formats {@code /chat/completions} and {@code /embeddings}, as published by OpenAI. Other providers also use them. */
public final class OpenAiWire implements WireForm {

    public static final String NAME = "openai";
    private static final String END = "[DONE]";
    private static final Set<String> CHOICES = Set.of("auto", "none", "required");

    private final String maxTokensField;

    /**
     * Creates the format.
     *
     * @param maxTokensField {@code max_completion_tokens}, or {@code max_tokens} for providers that support only that
     */
    public OpenAiWire(String maxTokensField) {
        this.maxTokensField = maxTokensField;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String chatPath() {
        return "/chat/completions";
    }

    @Override
    public Map<String, String> headers(@Nullable String key) {
        return key == null ? Map.of() : Map.of("Authorization", "Bearer " + key);
    }

    @Override
    public ObjectNode chat(ModelQuery query, String model, int maxTokens) {
        ObjectNode body = WireJson.object().put("model", model);
        ArrayNode messages = body.putArray("messages");
        if (query.system() != null) {
            messages.addObject().put("role", "system").put("content", query.system());
        }
        query.messages().forEach(message -> message(message, messages.addObject()));
        body.put(maxTokensField, maxTokens);
        if (query.temperature() != null) {
            body.put("temperature", query.temperature());
        }
        if (!query.stop().isEmpty()) {
            WireJson.texts(body.putArray("stop"), query.stop());
        }
        tools(query, body);
        if (query.responseSchema() != null) {
            ObjectNode format = body.putObject("response_format").put("type", "json_schema");
            format.putObject("json_schema").put("name", ANSWER).set("schema", WireJson.tree(query.responseSchema()));
        }
        if (Boolean.TRUE.equals(query.stream())) {
            body.put("stream", true).putObject("stream_options").put("include_usage", true);
        }
        return body;
    }

    private static void message(ChatMessage message, ObjectNode json) {
        json.put("role", message.role()).put("content", message.content());
        if (message.toolCallId() != null) {
            json.put("tool_call_id", message.toolCallId());
        }
        if (!message.toolCalls().isEmpty()) {
            ArrayNode calls = json.putArray("tool_calls");
            message.toolCalls()
                    .forEach(call -> calls.addObject()
                            .put("id", call.id())
                            .put("type", "function")
                            .putObject("function")
                            .put("name", call.name())
                            .put("arguments", call.arguments()));
        }
    }

    private static void tools(ModelQuery query, ObjectNode body) {
        if (query.tools().isEmpty()) {
            return;
        }
        ArrayNode tools = body.putArray("tools");
        query.tools().forEach(tool -> {
            ObjectNode function = tools.addObject()
                    .put("type", "function")
                    .putObject("function")
                    .put("name", tool.name());
            if (tool.description() != null) {
                function.put("description", tool.description());
            }
            function.set("parameters", WireJson.tree(tool.schema()));
        });
        String choice = query.toolChoice();
        if (choice != null && CHOICES.contains(choice)) {
            body.put("tool_choice", choice);
        } else if (choice != null) {
            body.putObject("tool_choice")
                    .put("type", "function")
                    .putObject("function")
                    .put("name", choice);
        }
    }

    @Override
    public void add(ServerSentEvent event, PartialAnswer answer) {
        if (event.data().strip().equals(END)) {
            return;
        }
        JsonNode chunk = WireJson.event(event.data());
        if (chunk.hasNonNull("error")) {
            throw new ProviderFailedException(ProviderError.of(chunk));
        }
        JsonNode choice = chunk.path("choices").path(0);
        JsonNode delta = choice.path("delta");
        message(delta, answer);
        finish(choice, answer);
        usage(chunk.path("usage"), answer);
    }

    @Override
    public void add(JsonNode body, PartialAnswer answer) {
        JsonNode choice = body.path("choices").path(0);
        if (!choice.path("message").isObject()) {
            throw new BadAnswerException("the response has no choices/0/message");
        }
        message(choice.get("message"), answer);
        finish(choice, answer);
        usage(body.path("usage"), answer);
    }

    private static void message(JsonNode message, PartialAnswer answer) {
        if (message.path("content").isTextual()) {
            answer.text(message.get("content").asText());
        } else if (message.path("refusal").isTextual()) {
            answer.text(message.get("refusal").asText());
        }
        int position = 0;
        for (JsonNode call : message.path("tool_calls")) {
            int index = call.path("index").asInt(position++);
            JsonNode function = call.path("function");
            answer.tool(index, call.path("id").asText(""), function.path("name").asText(""));
            answer.arguments(index, function.path("arguments").asText(""));
        }
    }

    private static void finish(JsonNode choice, PartialAnswer answer) {
        if (choice.path("finish_reason").isTextual()) {
            answer.finish(choice.get("finish_reason").asText());
        }
    }

    private static void usage(JsonNode usage, PartialAnswer answer) {
        if (usage.path("prompt_tokens").canConvertToLong()) {
            answer.input(
                    usage.get("prompt_tokens").asLong(),
                    usage.path("prompt_tokens_details").path("cached_tokens").asLong());
        }
        if (usage.path("completion_tokens").canConvertToLong()) {
            answer.output(usage.get("completion_tokens").asLong());
        }
    }
}

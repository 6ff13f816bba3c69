// SPDX-License-Identifier: Apache-2.0
package io.jobyard.handler.llm.wire;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Writer of requests in the Anthropic format. */
final class AnthropicBody {

    private AnthropicBody() {}

    static ObjectNode of(ModelQuery query, String model, int maxTokens) {
        ObjectNode body = WireJson.object().put("model", model).put("max_tokens", maxTokens);
        String system = system(query);
        if (!system.isEmpty()) {
            body.put("system", system);
        }
        messages(query, body.putArray("messages"));
        if (query.temperature() != null) {
            body.put("temperature", query.temperature());
        }
        if (!query.stop().isEmpty()) {
            WireJson.texts(body.putArray("stop_sequences"), query.stop());
        }
        if (query.responseSchema() != null) {
            answerTool(query, body);
        } else if (!query.tools().isEmpty()) {
            tools(query, body);
        }
        return Boolean.TRUE.equals(query.stream()) ? body.put("stream", true) : body;
    }

    /** Returns the messages without system texts, because this format has no messages of the role system. */
    private static String system(ModelQuery query) {
        return Stream.concat(
                        Stream.ofNullable(query.system()),
                        query.messages().stream()
                                .filter(message -> message.role().equals("system"))
                                .map(ChatMessage::content))
                .collect(Collectors.joining("\n\n"));
    }

    private static void messages(ModelQuery query, ArrayNode messages) {
        ArrayNode results = null; // the results of one turn's tools are in one message
        for (ChatMessage message : query.messages()) {
            switch (message.role()) {
                case "system" -> {
                    // system texts are sent above
                }
                case "tool" -> {
                    results = results == null ? content(messages, "user") : results;
                    results.addObject()
                            .put("type", "tool_result")
                            .put("tool_use_id", message.toolCallId())
                            .put("content", message.content());
                }
                default -> {
                    results = null;
                    message(message, messages);
                }
            }
        }
    }

    private static void message(ChatMessage message, ArrayNode messages) {
        if (message.toolCalls().isEmpty()) {
            messages.addObject().put("role", message.role()).put("content", message.content());
            return;
        }
        ArrayNode content = content(messages, message.role());
        if (!message.content().isEmpty()) {
            content.addObject().put("type", "text").put("text", message.content());
        }
        message.toolCalls()
                .forEach(call -> content.addObject()
                        .put("type", "tool_use")
                        .put("id", call.id())
                        .put("name", call.name())
                        .set("input", WireJson.arguments(call.arguments())));
    }

    private static ArrayNode content(ArrayNode messages, String role) {
        return messages.addObject().put("role", role).putArray("content");
    }

    private static void answerTool(ModelQuery query, ObjectNode body) {
        body.putArray("tools")
                .addObject()
                .put("name", WireForm.ANSWER)
                .put("description", "Receives the answer.")
                .set("input_schema", WireJson.tree(Objects.requireNonNull(query.responseSchema())));
        body.putObject("tool_choice").put("type", "tool").put("name", WireForm.ANSWER);
    }

    private static void tools(ModelQuery query, ObjectNode body) {
        ArrayNode tools = body.putArray("tools");
        query.tools().forEach(tool -> {
            ObjectNode json = tools.addObject().put("name", tool.name());
            if (tool.description() != null) {
                json.put("description", tool.description());
            }
            json.set("input_schema", WireJson.tree(tool.schema()));
        });
        String choice = query.toolChoice();
        if (choice != null) {
            ObjectNode json = body.putObject("tool_choice");
            switch (choice) {
                case "auto", "none" -> json.put("type", choice);
                case "required" -> json.put("type", "any");
                default -> json.put("type", "tool").put("name", choice);
            }
        }
    }
}

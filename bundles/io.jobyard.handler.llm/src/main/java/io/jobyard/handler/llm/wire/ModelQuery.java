// SPDX-License-Identifier: Apache-2.0
package io.jobyard.handler.llm.wire;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Query to a model, and the payload of {@code chat_completion}. A null field was omitted.
 *
 * @param endpoint name of the endpoint; null for the first one, by name, that serves the model
 * @param model name of the model, as in the endpoint's {@code models}
 * @param messages messages of the conversation, at least one
 * @param system text before the conversation
 * @param tools that the model may request; may be empty
 * @param toolChoice {@code auto}, {@code none}, {@code required}, or the name of a tool that the model must request; null for {@code auto}
 * @param maxTokens maximum length of the answer; null for the endpoint's value
 * @param temperature temperature; null for the provider's default
 * @param stop texts at which the answer ends
 * @param responseSchema a JSON Schema of an object for the answer; null for text
 * @param stream whether the answer arrives in pieces; default true
 */
public record ModelQuery(
        @Nullable String endpoint,
        String model,
        List<ChatMessage> messages,
        @Nullable String system,
        List<ToolDefinition> tools,
        @Nullable String toolChoice,
        @Nullable Integer maxTokens,
        @Nullable Double temperature,
        List<String> stop,
        @Nullable Map<String, Object> responseSchema,
        @Nullable Boolean stream) {

    /** Replaces null lists, because JSON may omit them. */
    public ModelQuery {
        messages = List.copyOf(messages);
        tools = tools == null ? List.of() : List.copyOf(tools);
        stop = stop == null ? List.of() : List.copyOf(stop);
        stream = stream == null || stream;
    }

    /** Returns the query with two more messages. */
    public ModelQuery then(ChatMessage answer, ChatMessage next) {
        List<ChatMessage> all = new ArrayList<>(messages);
        all.add(answer);
        all.add(next);
        return new ModelQuery(
                endpoint, model, all, system, tools, toolChoice, maxTokens, temperature, stop, responseSchema, stream);
    }
}

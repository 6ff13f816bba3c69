// SPDX-License-Identifier: Apache-2.0
package io.jobyard.handler.llm.wire;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a model is asked; the payload of {@code chat_completion} is one. What is null was left out.
 *
 * @param endpoint the endpoint's name; null for the first one, by name, that serves the model
 * @param model as the endpoint's {@code models} names it
 * @param messages the conversation, at least one
 * @param system what goes before it
 * @param tools which the model may ask for; empty for none
 * @param toolChoice {@code auto}, {@code none}, {@code required}, or the name of a tool that it must ask for; null for {@code auto}
 * @param maxTokens of the answer; null for what the endpoint says
 * @param temperature null for the provider's own
 * @param stop texts at which the answer ends
 * @param responseSchema a JSON Schema of an object that the answer is to fit; null for text
 * @param stream whether the answer comes in pieces; true if it was left out
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

    /** JSON may leave lists out. */
    public ModelQuery {
        messages = List.copyOf(messages);
        tools = tools == null ? List.of() : List.copyOf(tools);
        stop = stop == null ? List.of() : List.copyOf(stop);
        stream = stream == null || stream;
    }

    /** The same after two more messages. */
    public ModelQuery then(ChatMessage answer, ChatMessage next) {
        List<ChatMessage> all = new ArrayList<>(messages);
        all.add(answer);
        all.add(next);
        return new ModelQuery(
                endpoint, model, all, system, tools, toolChoice, maxTokens, temperature, stop, responseSchema, stream);
    }
}

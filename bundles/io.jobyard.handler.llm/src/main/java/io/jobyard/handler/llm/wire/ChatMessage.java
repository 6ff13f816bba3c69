// SPDX-License-Identifier: Apache-2.0
package io.jobyard.handler.llm.wire;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A message of a conversation.
 *
 * @param role role: {@code system}, {@code user}, {@code assistant} or {@code tool}
 * @param content text; may be empty
 * @param toolCalls tools that the assistant requests
 * @param toolCallId ID of the call that a tool's message answers
 */
public record ChatMessage(
        String role,
        @Nullable String content,
        @Nullable List<RequestedTool> toolCalls,
        @Nullable String toolCallId) {

    public ChatMessage {
        content = content == null ? "" : content;
        toolCalls = toolCalls == null ? List.of() : List.copyOf(toolCalls);
    }

    public static ChatMessage user(String content) {
        return new ChatMessage("user", content, null, null);
    }

    public static ChatMessage assistant(String content, List<RequestedTool> toolCalls) {
        return new ChatMessage("assistant", content, toolCalls, null);
    }

    /** Returns a message with the result of a tool call. */
    public static ChatMessage tool(String toolCallId, String content) {
        return new ChatMessage("tool", content, null, toolCallId);
    }

    @Override
    public String content() {
        return content == null ? "" : content;
    }

    @Override
    public List<RequestedTool> toolCalls() {
        return toolCalls == null ? List.of() : toolCalls;
    }
}

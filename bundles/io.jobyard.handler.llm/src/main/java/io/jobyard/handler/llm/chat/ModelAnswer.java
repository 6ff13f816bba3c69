// SPDX-License-Identifier: Apache-2.0
package io.jobyard.handler.llm.chat;

import io.jobyard.handler.llm.wire.RequestedTool;
import io.jobyard.handler.llm.wire.TokenUsage;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a model has answered. A step stores it.
 *
 * @param text what it says; JSON if a schema was given
 * @param toolCalls which tools it asks for
 * @param model that has answered, as the endpoint's {@code models} names it
 * @param finishReason why the answer ends: {@code stop}, {@code length}, {@code tool_calls}, {@code content_filter}, or the provider's own word
 * @param usage what it has used
 * @param cost in usd; null if the endpoint has no price for the model
 */
public record ModelAnswer(
        String text,
        List<RequestedTool> toolCalls,
        String model,
        String endpoint,
        String finishReason,
        TokenUsage usage,
        @Nullable Double cost) {}

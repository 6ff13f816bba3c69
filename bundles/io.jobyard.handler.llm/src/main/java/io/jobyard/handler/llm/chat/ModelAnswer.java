// SPDX-License-Identifier: Apache-2.0
package io.jobyard.handler.llm.chat;

import io.jobyard.handler.llm.wire.RequestedTool;
import io.jobyard.handler.llm.wire.TokenUsage;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Answer of a model. A step stores it.
 *
 * @param text text of the answer; JSON if a schema was given
 * @param toolCalls tools that the model requests
 * @param model model that answered, as in the endpoint's {@code models}
 * @param finishReason reason of the end: {@code stop}, {@code length}, {@code tool_calls}, {@code content_filter}, or another word of the
 * provider
 * @param usage usage of the call
 * @param cost cost in USD; null if the endpoint has no price for the model
 */
public record ModelAnswer(
        String text,
        List<RequestedTool> toolCalls,
        String model,
        String endpoint,
        String finishReason,
        TokenUsage usage,
        @Nullable Double cost) {}

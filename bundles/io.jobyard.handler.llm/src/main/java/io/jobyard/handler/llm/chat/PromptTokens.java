// SPDX-License-Identifier: Apache-2.0
package io.jobyard.handler.llm.chat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jobyard.handler.llm.tools.Tokenizer;

/**
 * Estimator of the tokens charged for a prompt, where the provider reports none: its texts, tools and schema, and the
 * tokens that models add to messages.
 */
final class PromptTokens {

    /** As documented by OpenAI for its models. */
    private static final int EACH_MESSAGE = 3;

    private static final int ANSWER = 3;

    private final Tokenizer tokenizer;

    PromptTokens(Tokenizer tokenizer) {
        this.tokenizer = tokenizer;
    }

    /** Counts the tokens of a call's body, in either wire form. */
    long of(ObjectNode body) {
        long tokens = ANSWER + count(body.path("system")) + count(body.path("response_format"));
        for (JsonNode message : body.path("messages")) {
            tokens += EACH_MESSAGE + count(message.path("content")) + count(message.path("tool_calls"));
        }
        for (JsonNode tool : body.path("tools")) {
            tokens += count(tool);
        }
        return tokens;
    }

    private long count(JsonNode part) {
        return part.isMissingNode() ? 0 : tokenizer.count(part.isTextual() ? part.asText() : part.toString());
    }
}

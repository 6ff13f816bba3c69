// SPDX-License-Identifier: Apache-2.0
package io.jobyard.modelserver;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.function.ToIntFunction;

/**
 * Counts the charged tokens of a prompt: its texts, its tools as JSON, 3 tokens for each message, and 3 for the
 * answer.
 */
final class PromptCount {

    private static final int EACH_MESSAGE = 3;
    private static final int ANSWER = 3;

    private final ToIntFunction<String> tokens;

    PromptCount(ToIntFunction<String> tokens) {
        this.tokens = tokens;
    }

    long of(AnswerForm form, JsonNode body) {
        long texts = form.charged(body).mapToLong(this::count).sum();
        return form.kind() == SeenCall.Kind.EMBEDDINGS
                ? texts
                : texts + (long) EACH_MESSAGE * body.path("messages").size() + ANSWER;
    }

    private long count(JsonNode text) {
        return text.isMissingNode() || text.isNull()
                ? 0
                : tokens.applyAsInt(text.isTextual() ? text.asText() : text.toString());
    }

    long output(String text) {
        return text.isEmpty() ? 0 : tokens.applyAsInt(text);
    }
}

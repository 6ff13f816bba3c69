// SPDX-License-Identifier: Apache-2.0
package io.jobyard.handler.llm.agent;

import com.fasterxml.jackson.databind.JsonNode;
import io.jobyard.api.handler.PermanentException;
import io.jobyard.api.handler.RunProgress;
import io.jobyard.handler.llm.chat.AnswerSchema;
import io.jobyard.handler.llm.wire.ChatMessage;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The answer that a task requests: text, or JSON that matches a schema. While the task has tools, the schema is only
 * part of the prompt, because some providers do not support both. If the answer does not match, the model is asked
 * again without tools and with an enforced schema.
 */
final class AgentAnswer {

    private static final String AGAIN =
            "Your answer does not match the schema: %s. Give the complete answer again, as JSON"
                    + " that matches the schema, and nothing else.";

    private final @Nullable AnswerSchema schema;
    private boolean isForced;
    private boolean isRepaired;
    private List<String> problems = List.of();
    private List<String> positions = List.of();

    AgentAnswer(AgentTask task) {
        Map<String, Object> json = task.responseSchema();
        schema = json == null ? null : AnswerSchema.of("responseSchema", json);
        isForced = schema != null && task.tools().isEmpty();
    }

    boolean isJson() {
        return schema != null;
    }

    /** Returns whether the next turn enforces the schema, without tools. */
    boolean isForced() {
        return isForced;
    }

    /**
     * Returns null without a schema, or if the answer does not match. Throws {@link PermanentException} if it does not
     * match the second time.
     */
    @Nullable
    JsonNode json(String text) {
        if (schema == null) {
            return null;
        }
        AnswerSchema.CheckedAnswer checked = schema.check(text);
        if (checked.fits()) {
            return checked.json();
        }
        if (isRepaired) {
            throw new PermanentException("the answer does not match responseSchema, even after a second request: "
                    + String.join("; ", checked.positions()));
        }
        problems = checked.problems();
        positions = checked.positions();
        return null;
    }

    /** Requests the answer again. */
    ChatMessage again(RunProgress run) {
        run.log("the answer does not match responseSchema (" + String.join("; ", positions)
                + "); asking the model again");
        isForced = true;
        isRepaired = true;
        return ChatMessage.user(AGAIN.formatted(String.join("; ", problems)));
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.jobyard.handler.llm.agent;

import io.jobyard.api.handler.PermanentException;
import io.jobyard.handler.llm.wire.ChatMessage;
import io.jobyard.handler.llm.wire.ModelQuery;
import io.jobyard.handler.llm.wire.ToolDefinition;
import io.jobyard.handler.llm.wire.WireJson;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Payload of {@code llm_agent}.
 *
 * @param endpoint name of the endpoint; null for the first one, by name, that serves the model
 * @param model name of the model, as in the endpoint's {@code models}
 * @param system text before the task; null for none
 * @param tools names of the tools that the model may request
 * @param approve names of the tools whose calls wait for an approval, or {@code *} for all
 * @param approvalTimeoutSeconds maximum time to wait for an approval, in seconds
 * @param maxTurns maximum number of turns
 * @param maxTokens maximum number of tokens of all turns together; null for any number
 * @param maxCost maximum cost of all turns together, in USD; null for any amount
 * @param responseSchema JSON Schema of an object that the answer must match; null for text
 */
record AgentTask(
        @Nullable String endpoint,
        String model,
        @Nullable String system,
        String task,
        List<String> tools,
        List<String> approve,
        Integer approvalTimeoutSeconds,
        Integer maxTurns,
        @Nullable Long maxTokens,
        @Nullable Double maxCost,
        @Nullable Map<String, Object> responseSchema) {

    private static final String ALL = "*";
    private static final String SCHEMA =
            "When you are done, answer with a JSON object that fits this JSON Schema, and nothing else: ";

    /** Sets the defaults of keys that the JSON omits. */
    AgentTask {
        tools = tools == null ? List.of() : List.copyOf(tools);
        approve = approve == null ? List.of() : List.copyOf(approve);
        approvalTimeoutSeconds = approvalTimeoutSeconds == null ? 86_400 : approvalTimeoutSeconds;
        maxTurns = maxTurns == null ? 10 : maxTurns;
    }

    /** Rejects unknown names in {@code approve}, because a misspelled name would allow calls without an approval. */
    void requireApprovalsOfTools() {
        for (String name : approve) {
            if (!name.equals(ALL) && !tools.contains(name)) {
                throw new PermanentException("invalid approve: " + name
                        + ", which is not in tools; add it to tools, or remove it from approve");
            }
        }
    }

    boolean needsApproval(String tool) {
        return approve.contains(ALL) || approve.contains(tool);
    }

    Duration approvalTimeout() {
        return Duration.ofSeconds(approvalTimeoutSeconds);
    }

    AgentBounds bounds() {
        return new AgentBounds(maxTurns, maxTokens == null ? Long.MAX_VALUE : maxTokens, maxCost);
    }

    /** Creates the query of a turn. A forced turn requests JSON, without tools. */
    ModelQuery query(
            List<ChatMessage> messages,
            List<ToolDefinition> offered,
            boolean isForced,
            @Nullable Integer answerTokens) {
        return new ModelQuery(
                endpoint,
                model,
                messages,
                isForced ? system : systemWithSchema(),
                offered,
                null,
                answerTokens,
                null,
                List.of(),
                isForced ? responseSchema : null,
                true);
    }

    private @Nullable String systemWithSchema() {
        if (responseSchema == null) {
            return system;
        }
        return (system == null ? "" : system + "\n\n") + SCHEMA + WireJson.text(responseSchema);
    }
}

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
 * The payload of {@code llm_agent}.
 *
 * @param endpoint the endpoint's name; null for the first one, by name, that serves the model
 * @param model as the endpoint's {@code models} names it
 * @param system what goes before the task; null for nothing
 * @param tools the names of the tools that it may ask for
 * @param approve the names of those whose calls wait for a signal, or {@code *} for all
 * @param approvalTimeoutSeconds how long such a call waits
 * @param maxTurns how often the model is asked
 * @param maxTokens that all turns may use together; null for any number
 * @param maxCost in usd, of all turns together; null for any amount
 * @param responseSchema a JSON Schema of an object that the answer is to fit; null for text
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

    /** Or a misspelt name would let calls through. */
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

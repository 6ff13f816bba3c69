// SPDX-License-Identifier: Apache-2.0
package io.jobyard.handler.llm.agent;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.jobyard.api.handler.EstimatesJob;
import io.jobyard.api.handler.JobEstimator;
import io.jobyard.handler.llm.ToolRegistry;
import io.jobyard.handler.llm.chat.ModelCallBounds;
import io.jobyard.handler.llm.wire.ChatMessage;
import io.jobyard.handler.llm.wire.ModelQuery;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * Estimator for the first turn of an agent, bounded by {@code maxTokens} and {@code maxCost}. Each turn draws on the
 * limits as a separate call.
 */
@Component
@EstimatesJob(LlmAgent.TYPE)
public final class AgentEstimator implements JobEstimator {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final ModelCallBounds bounds;
    private final ToolRegistry registry;

    @Activate
    public AgentEstimator(@Reference ModelCallBounds bounds, @Reference ToolRegistry registry) {
        this.bounds = bounds;
        this.registry = registry;
    }

    /** Returns the estimate; empty if no endpoint serves the model, in which case the job fails with that error. */
    @Override
    public Map<String, Double> estimate(Map<String, Object> payload) {
        AgentTask task = JSON.convertValue(payload, AgentTask.class);
        AgentTools tools = new AgentTools(registry, task.tools());
        ModelQuery first = task.query(List.of(ChatMessage.user(task.task())), tools.known(), false, null);
        return bounds.of(first).map(turn -> bounded(turn, task)).orElse(Map.of());
    }

    private static Map<String, Double> bounded(ModelCallBounds.Most turn, AgentTask task) {
        Map<String, Double> uses = turn.estimate();
        bound(uses, "tokens", task.maxTokens());
        bound(uses, "usd", task.maxCost());
        return uses;
    }

    private static void bound(Map<String, Double> uses, String unit, @Nullable Number most) {
        if (most != null) {
            uses.computeIfPresent(unit, (any, amount) -> Math.min(amount, most.doubleValue()));
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.jobyard.handler.llm.agent;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.jobyard.api.handler.EstimatesJob;
import io.jobyard.api.handler.JobEstimator;
import io.jobyard.handler.llm.ToolRegistry;
import io.jobyard.handler.llm.chat.ModelCallBounds;
import io.jobyard.handler.llm.wire.ChatMessage;
import io.jobyard.handler.llm.wire.ModelQuery;
import io.jobyard.handler.llm.wire.TokenUsage;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * What an agent may use within its bounds: as many turns as it may have, each as long as the first may be, and no more than {@code maxTokens}
 * and {@code maxCost} let through. What tools will answer nobody knows.
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

    /** Nothing if no endpoint serves it: the job then fails and says so. */
    @Override
    public Map<String, Double> estimate(Map<String, Object> payload) {
        AgentTask task = JSON.convertValue(payload, AgentTask.class);
        AgentTools tools = new AgentTools(registry, task.tools());
        ModelQuery first = task.query(List.of(ChatMessage.user(task.task())), tools.known(), false, null);
        return bounds.of(first).map(turn -> all(turn, task)).orElse(Map.of());
    }

    private static Map<String, Double> all(ModelCallBounds.Most turn, AgentTask task) {
        TokenUsage one = turn.usage();
        int turns = task.maxTurns();
        Map<String, Double> all = turn.using(new TokenUsage(one.inputTokens() * turns, 0, one.outputTokens() * turns))
                .estimate();
        bound(all, "tokens", task.maxTokens());
        bound(all, "usd", task.maxCost());
        return all;
    }

    private static void bound(Map<String, Double> all, String unit, @Nullable Number most) {
        if (most != null) {
            all.computeIfPresent(unit, (any, amount) -> Math.min(amount, most.doubleValue()));
        }
    }
}

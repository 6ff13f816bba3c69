// SPDX-License-Identifier: Apache-2.0
package io.jobyard.handler.llm.agent;

import io.jobyard.api.handler.HandlesJob;
import io.jobyard.api.handler.JobContext;
import io.jobyard.api.handler.JobHandler;
import io.jobyard.handler.llm.ToolRegistry;
import io.jobyard.handler.llm.chat.AnswerBudget;
import io.jobyard.handler.llm.chat.ModelClient;
import java.util.Map;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * Handler that lets a model work on a task with tools: turns of the model alternate with calls of tools, until the model answers or a bound
 * is reached.
 */
@Component
@HandlesJob(
        value = LlmAgent.TYPE,
        timeout = 3_600,
        description =
                "Runs a task with a language model and tools: the model calls tools in turns until it answers, or the maximum number "
                        + "of turns or cost is reached. Its effects depend on the tools.")
public final class LlmAgent implements JobHandler {

    static final String TYPE = "llm_agent";

    private final ModelClient client;
    private final AnswerBudget room;
    private final ToolRegistry registry;

    @Activate
    public LlmAgent(@Reference ModelClient client, @Reference AnswerBudget room, @Reference ToolRegistry registry) {
        this.client = client;
        this.room = room;
        this.registry = registry;
    }

    @Override
    public Map<String, Object> handle(JobContext context) throws Exception {
        AgentTask task = context.payload(AgentTask.class);
        task.requireApprovalsOfTools();
        if (task.maxCost() != null) {
            room.requirePrices(task.endpoint(), task.model());
        }
        ModelClient.begin(context);
        AgentTools tools = new AgentTools(registry, task.tools());
        AgentTurns turns = new AgentTurns(context, task, tools, client, room);
        return new AgentRun(context, task, turns, new ToolCaller(context, task, tools)).run();
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.jobyard.handler.llm.agent;

import io.jobyard.api.handler.HandlesJob;
import io.jobyard.api.handler.JobContext;
import io.jobyard.api.handler.TypedAsyncJobHandler;
import io.jobyard.handler.llm.BlockingThreads;
import io.jobyard.handler.llm.ToolRegistry;
import io.jobyard.handler.llm.chat.AnswerBudget;
import io.jobyard.handler.llm.chat.ModelClient;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;

/**
 * Handler that lets a model work on a task with tools: turns of the model alternate with calls of tools, until the model answers or a bound
 * is reached. It holds no thread while a turn waits for the model. A tool occupies a thread of its own.
 */
@Component
@HandlesJob(
        value = LlmAgent.TYPE,
        timeout = 3_600,
        description =
                "Runs a task with a language model and tools: the model calls tools in turns until it answers, or the maximum number "
                        + "of turns or cost is reached. Its effects depend on the tools.")
public final class LlmAgent implements TypedAsyncJobHandler<AgentTask, Map<String, Object>> {

    static final String TYPE = "llm_agent";

    /** Maximum number of tools that work at the same time, as many as a host has worker threads at most. */
    private static final int MOST_TOOLS = 32;

    private final ModelClient client;
    private final AnswerBudget room;
    private final ToolRegistry registry;
    private final BlockingThreads threads = new BlockingThreads("jobyard-llm-tool-", MOST_TOOLS);

    @Activate
    public LlmAgent(@Reference ModelClient client, @Reference AnswerBudget room, @Reference ToolRegistry registry) {
        this.client = client;
        this.room = room;
        this.registry = registry;
    }

    /** Ends the threads, after the handler was drained. */
    @Deactivate
    public void close() {
        threads.close();
    }

    @Override
    public CompletionStage<Map<String, Object>> handle(AgentTask task, JobContext context) {
        task.requireApprovalsOfTools();
        if (task.maxCost() != null) {
            room.requirePrices(task.endpoint(), task.model());
        }
        ModelClient.begin(context);
        AgentTools tools = new AgentTools(registry, task.tools());
        AgentTurns turns = new AgentTurns(context, task, tools, client, room);
        return new AgentRun(context, task, turns, new ToolCaller(context, task, tools, threads)).begin();
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.jobyard.handler.llm.agent;

import io.jobyard.api.handler.AsyncStep;
import io.jobyard.api.handler.JobContext;
import io.jobyard.api.handler.PermanentException;
import io.jobyard.handler.llm.BlockingThreads;
import io.jobyard.handler.llm.OfferedTool;
import io.jobyard.handler.llm.wire.RequestedTool;
import io.jobyard.handler.llm.wire.WireJson;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Caller of the tools that a model requests. Each call is a step, which waits for an approval if the task requires it. */
final class ToolCaller {

    private static final int MOST_CHARACTERS = 262_144;

    private final JobContext context;
    private final AgentTask task;
    private final AgentTools tools;
    private final BlockingThreads threads;

    ToolCaller(JobContext context, AgentTask task, AgentTools tools, BlockingThreads threads) {
        this.context = context;
        this.task = task;
        this.tools = tools;
        this.threads = threads;
    }

    /** Returns the outcome of the call with this number, from 1, in the turn. A required approval ends the run until it arrives. */
    CompletionStage<ToolOutcome> call(RequestedTool call, int turn, int number) {
        if (!tools.names().contains(call.name())) {
            return CompletableFuture.completedFuture(ToolOutcome.failed("Unknown tool. Available tools: "
                    + (tools.names().isEmpty() ? "none" : String.join(", ", tools.names()))));
        }
        String position = turn + "." + number;
        if (!task.needsApproval(call.name())) {
            return called(call, turn, position);
        }
        String signal = "approve-" + position;
        String step = "ask " + position + " " + call.name();
        return context.stepAsync(AsyncStep.of(
                        step, ToolOutcome.class, () -> CompletableFuture.completedFuture(ask(call, turn, signal))))
                .thenCompose(asked -> {
                    Optional<ToolOutcome> refusal = asked.good() ? refusal(signal) : Optional.of(asked);
                    return refusal.isPresent()
                            ? CompletableFuture.completedFuture(refusal.get())
                            : called(call, turn, position);
                });
    }

    private CompletionStage<ToolOutcome> called(RequestedTool call, int turn, String position) {
        String step = "tool " + position + " " + call.name();
        return context.stepAsync(AsyncStep.of(
                step,
                ToolOutcome.class,
                () -> threads.begin(context, () -> {
                    context.progress(turn, task.maxTurns(), step);
                    return work(call, step);
                })));
    }

    private ToolOutcome work(RequestedTool call, String step) throws Exception {
        OfferedTool offer = tools.offer(call.name());
        Map<String, Object> arguments;
        try {
            arguments = AgentTools.arguments(offer, call.arguments());
        } catch (AgentTools.MisfitException e) {
            return ToolOutcome.failed(String.valueOf(e.getMessage()));
        }
        try {
            return bounded(context.result(
                    Objects.requireNonNull(offer.call(arguments, context), "tool " + call.name() + " returned null")));
        } catch (PermanentException e) {
            context.log(step + " failed permanently; the model gets the reason");
            return ToolOutcome.failed(String.valueOf(e.getMessage()));
        }
    }

    private static ToolOutcome bounded(Map<String, Object> result) {
        int characters = WireJson.text(result).length();
        return characters <= MOST_CHARACTERS
                ? ToolOutcome.gave(result)
                : ToolOutcome.failed("The result is too long: it has " + characters + " characters; the maximum is "
                        + MOST_CHARACTERS + ". Ask for less.");
    }

    /** Returns the reason for the rejection of a call; empty if it is allowed. */
    private Optional<ToolOutcome> refusal(String signal) {
        Optional<CallApproval> approval = approval(signal);
        if (approval.isEmpty()) {
            return Optional.of(ToolOutcome.failed("The call was not approved in time"));
        }
        String reason = approval.get().reason();
        return approval.get().approved()
                ? Optional.empty()
                : Optional.of(ToolOutcome.failed("The call was rejected" + (reason == null ? "" : ": " + reason)));
    }

    /** Requests the approval. Users are not asked about arguments that do not match the schema. */
    private ToolOutcome ask(RequestedTool call, int turn, String signal) {
        try {
            AgentTools.arguments(tools.offer(call.name()), call.arguments());
        } catch (AgentTools.MisfitException e) {
            return ToolOutcome.failed(String.valueOf(e.getMessage()));
        }
        String line = call.name() + " waits for signal " + signal + " (" + CallApproval.FORM
                + "); its arguments are in step 'turn " + turn + "'";
        context.log(line);
        context.progress(turn, task.maxTurns(), line);
        return ToolOutcome.gave(Map.of());
    }

    /** Returns the approval; empty on timeout. */
    private Optional<CallApproval> approval(String signal) {
        while (true) {
            Optional<Object> value = context.signal(signal, Object.class, task.approvalTimeout());
            Optional<CallApproval> approval = value.flatMap(CallApproval::read);
            if (value.isEmpty() || approval.isPresent()) {
                return approval;
            }
            context.log("received an invalid signal " + signal + " and still waiting: send " + CallApproval.FORM);
        }
    }
}

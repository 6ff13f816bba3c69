// SPDX-License-Identifier: Apache-2.0
package io.jobyard.handler.llm.agent;

import com.fasterxml.jackson.databind.JsonNode;
import io.jobyard.api.handler.JobContext;
import io.jobyard.handler.llm.AsyncRounds;
import io.jobyard.handler.llm.chat.CallCost;
import io.jobyard.handler.llm.chat.ModelAnswer;
import io.jobyard.handler.llm.wire.ChatMessage;
import io.jobyard.handler.llm.wire.RequestedTool;
import io.jobyard.handler.llm.wire.WireJson;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** One run of an agent. It starts at the first turn, and reuses results that earlier runs stored. */
final class AgentRun {

    private final JobContext context;
    private final AgentTask task;
    private final AgentTurns turns;
    private final ToolCaller tools;
    private final AgentAnswer answer;
    private final List<ChatMessage> messages = new ArrayList<>();
    private final List<ModelAnswer> answers = new ArrayList<>();
    private final List<CalledTool> called = new ArrayList<>();
    /** Calls of the latest turn that are not made yet, and the number of the latest one that is. */
    private final Queue<RequestedTool> requested = new ArrayDeque<>();

    private int number;

    AgentRun(JobContext context, AgentTask task, AgentTurns turns, ToolCaller tools) {
        this.context = context;
        this.task = task;
        this.turns = turns;
        this.tools = tools;
        answer = new AgentAnswer(task);
        messages.add(ChatMessage.user(task.task()));
    }

    CompletionStage<Map<String, Object>> begin() {
        return AsyncRounds.begin(this::round);
    }

    /** Calls the next tool that the model requested, or asks the model again. Returns the result after the last turn. */
    private CompletionStage<Optional<Map<String, Object>>> round() {
        RequestedTool call = requested.poll();
        return call == null ? turn() : callTool(call);
    }

    private CompletionStage<Optional<Map<String, Object>>> turn() {
        return turns.turn(answers.size() + 1, messages, answer.isForced(), CallCost.of(answers))
                .thenApply(turn -> {
                    answers.add(turn.answer());
                    return end(turn);
                })
                .exceptionally(fault -> {
                    Throwable cause = fault instanceof CompletionException ? fault.getCause() : fault;
                    if (cause instanceof BoundExceededException e) {
                        return Optional.of(result(e.bound, null));
                    }
                    throw new CompletionException(cause);
                });
    }

    private CompletionStage<Optional<Map<String, Object>>> callTool(RequestedTool call) {
        number++;
        return tools.call(call, answers.size(), number).thenApply(outcome -> {
            called.add(new CalledTool(call.name(), answers.size(), outcome.good()));
            messages.add(ChatMessage.tool(call.id(), WireJson.text(outcome.told())));
            return Optional.empty();
        });
    }

    /** Returns the result, unless a further turn follows. */
    private Optional<Map<String, Object>> end(AgentTurn turn) {
        messages.add(ChatMessage.assistant(turn.answer().text(), turn.answer().toolCalls()));
        if (turn.cutOff()) {
            return Optional.of(result(turn.end(), null));
        }
        JsonNode json = turn.asksForTools() ? null : answer.json(turn.answer().text());
        if (!turn.asksForTools() && (json != null || !answer.isJson())) {
            return Optional.of(result(turn.end(), json));
        }
        Optional<String> reached = task.bounds().reached(answers.size(), CallCost.of(answers));
        if (reached.isPresent()) {
            return reached.map(bound -> result(bound, null));
        }
        if (turn.asksForTools()) {
            requested.addAll(turn.answer().toolCalls());
            number = 0;
        } else {
            messages.add(answer.again(context));
        }
        return Optional.empty();
    }

    private Map<String, Object> result(String stopped, @Nullable JsonNode json) {
        CallCost spent = CallCost.of(answers);
        Map<String, Object> result = new LinkedHashMap<>();
        result.put(
                "text", answers.isEmpty() ? "" : answers.get(answers.size() - 1).text());
        if (json != null) {
            result.put("json", WireJson.plain(json));
        }
        result.put("stopped", stopped);
        result.put("turns", answers.size());
        result.put("toolCalls", called);
        result.put("usage", spent.usage());
        if (spent.cost() != null) {
            result.put("cost", spent.cost());
        }
        return result;
    }
}

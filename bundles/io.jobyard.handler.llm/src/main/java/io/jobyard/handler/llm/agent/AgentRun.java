// SPDX-License-Identifier: Apache-2.0
package io.jobyard.handler.llm.agent;

import com.fasterxml.jackson.databind.JsonNode;
import io.jobyard.api.handler.JobContext;
import io.jobyard.handler.llm.chat.CallCost;
import io.jobyard.handler.llm.chat.ModelAnswer;
import io.jobyard.handler.llm.wire.ChatMessage;
import io.jobyard.handler.llm.wire.RequestedTool;
import io.jobyard.handler.llm.wire.WireJson;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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

    AgentRun(JobContext context, AgentTask task, AgentTurns turns, ToolCaller tools) {
        this.context = context;
        this.task = task;
        this.turns = turns;
        this.tools = tools;
        answer = new AgentAnswer(task);
        messages.add(ChatMessage.user(task.task()));
    }

    Map<String, Object> run() throws Exception {
        while (true) {
            AgentTurn turn;
            try {
                turn = turns.turn(answers.size() + 1, messages, answer.isForced(), CallCost.of(answers));
            } catch (BoundExceededException e) {
                return result(e.bound, null);
            }
            answers.add(turn.answer());
            Optional<Map<String, Object>> end = end(turn);
            if (end.isPresent()) {
                return end.get();
            }
        }
    }

    /** Returns the result, unless a further turn follows. */
    private Optional<Map<String, Object>> end(AgentTurn turn) throws Exception {
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
            callTools(turn.answer().toolCalls());
        } else {
            messages.add(answer.again(context));
        }
        return Optional.empty();
    }

    private void callTools(List<RequestedTool> calls) throws Exception {
        for (int n = 0; n < calls.size(); n++) {
            RequestedTool call = calls.get(n);
            ToolOutcome outcome = tools.call(call, answers.size(), n + 1);
            called.add(new CalledTool(call.name(), answers.size(), outcome.good()));
            messages.add(ChatMessage.tool(call.id(), WireJson.text(outcome.told())));
        }
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

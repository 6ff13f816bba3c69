// SPDX-License-Identifier: Apache-2.0
package io.jobyard.handler.llm.agent;

import io.jobyard.api.handler.JobContext;
import io.jobyard.handler.llm.chat.AnswerListener;
import io.jobyard.handler.llm.chat.AnswerRoom;
import io.jobyard.handler.llm.chat.ModelAnswer;
import io.jobyard.handler.llm.chat.ModelClient;
import io.jobyard.handler.llm.chat.Spent;
import io.jobyard.handler.llm.wire.ChatMessage;
import io.jobyard.handler.llm.wire.ModelQuery;
import io.jobyard.handler.llm.wire.ToolDefinition;
import java.util.List;
import java.util.Optional;

/** The turns of a model, each a step. */
final class AgentTurns {

    private final JobContext context;
    private final AgentTask task;
    private final AgentTools tools;
    private final ModelClient client;
    private final AnswerRoom room;

    AgentTurns(JobContext context, AgentTask task, AgentTools tools, ModelClient client, AnswerRoom room) {
        this.context = context;
        this.task = task;
        this.tools = tools;
        this.client = client;
        this.room = room;
    }

    /**
     * Asks the model.
     *
     * @param number of the turn, from 1
     * @param isForced whether it is asked for JSON, and without tools
     * @throws NoRoomException if what is left is too little for that, unless an earlier run has done it
     */
    AgentTurn turn(int number, List<ChatMessage> messages, boolean isForced, Spent spent) throws Exception {
        return context.step("turn " + number, AgentTurn.class, () -> {
            context.progress(number - 1, task.maxTurns(), "turn " + number);
            boolean isFirst = number == 1 && context.run() == 1;
            List<ToolDefinition> offered = isForced ? List.of() : tools.definitions(isFirst);
            return ask(task.query(List.copyOf(messages), offered, isForced, null), spent);
        });
    }

    private AgentTurn ask(ModelQuery query, Spent spent) throws NoRoomException, InterruptedException {
        AgentBounds bounds = task.bounds();
        if (!bounds.areOfMoneyOrTokens()) {
            return new AgentTurn(emitted(query), null);
        }
        AnswerRoom.Room left = room.of(query, bounds.tokensLeft(spent), bounds.usdLeft(spent));
        Optional<String> tightest = AgentBounds.tightest(left);
        long most = Math.min(left.tokens(), Math.min(left.byTokens(), left.byCost()));
        if (most < 1) {
            throw new NoRoomException(tightest.orElse(AgentBounds.TOKENS));
        }
        ModelQuery bounded = task.query(query.messages(), query.tools(), query.responseSchema() != null, (int) most);
        return new AgentTurn(emitted(bounded), tightest.orElse(null));
    }

    private ModelAnswer emitted(ModelQuery query) throws InterruptedException {
        AnswerListener emitting = (endpoint, text, length) -> context.emit(text);
        ModelAnswer answer = client.ask(context, query, emitting);
        if (!answer.text().isEmpty() && !answer.toolCalls().isEmpty()) {
            context.emit("\n\n"); // the next turn's text is another one
        }
        return answer;
    }
}

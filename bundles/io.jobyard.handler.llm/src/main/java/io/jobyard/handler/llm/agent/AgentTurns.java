// SPDX-License-Identifier: Apache-2.0
package io.jobyard.handler.llm.agent;

import io.jobyard.api.handler.AsyncStep;
import io.jobyard.api.handler.JobContext;
import io.jobyard.handler.llm.chat.AnswerBudget;
import io.jobyard.handler.llm.chat.CallCost;
import io.jobyard.handler.llm.chat.ModelAnswer;
import io.jobyard.handler.llm.chat.ModelClient;
import io.jobyard.handler.llm.wire.ChatMessage;
import io.jobyard.handler.llm.wire.ModelQuery;
import io.jobyard.handler.llm.wire.ToolDefinition;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Turns of a model, each of which is a step. */
final class AgentTurns {

    private final JobContext context;
    private final AgentTask task;
    private final AgentTools tools;
    private final ModelClient client;
    private final AnswerBudget room;

    AgentTurns(JobContext context, AgentTask task, AgentTools tools, ModelClient client, AnswerBudget room) {
        this.context = context;
        this.task = task;
        this.tools = tools;
        this.client = client;
        this.room = room;
    }

    /**
     * Asks the model.
     *
     * @param number number of the turn, from 1
     * @param isForced whether the model must answer with JSON, without tools
     * @return turn; the stage fails with a {@link BoundExceededException} if the remaining budget does not suffice, unless an earlier run
     * has completed the turn
     */
    CompletionStage<AgentTurn> turn(int number, List<ChatMessage> messages, boolean isForced, CallCost spent) {
        List<ChatMessage> asked = List.copyOf(messages);
        TurnQuestion[] once = new TurnQuestion[1];
        Callable<TurnQuestion> query = () -> {
            once[0] = once[0] == null ? asked(number, asked, isForced, spent) : once[0];
            return once[0];
        };
        String step = "turn " + number;
        return context.stepAsync(AsyncStep.of(step, AgentTurn.class, () -> {
                    context.progress(number - 1, task.maxTurns(), step);
                    TurnQuestion turn = query.call();
                    return client.ask(context, step, turn.query(), this::emit, answer -> ended(answer, turn));
                })
                .estimated(() -> client.estimate(query.call().query())));
    }

    /**
     * Query of a turn.
     *
     * @param shortenedBy bound that limits the length of the answer; null if it is the endpoint's
     */
    private record TurnQuestion(ModelQuery query, @Nullable String shortenedBy) {}

    private TurnQuestion asked(int number, List<ChatMessage> messages, boolean isForced, CallCost spent)
            throws BoundExceededException {
        boolean isFirst = number == 1 && context.run() == 1;
        List<ToolDefinition> offered = isForced ? List.of() : tools.definitions(isFirst);
        ModelQuery query = task.query(messages, offered, isForced, null);
        AgentBounds bounds = task.bounds();
        if (!bounds.areOfMoneyOrTokens()) {
            return new TurnQuestion(query, null);
        }
        AnswerBudget.Room left = room.of(query, bounds.tokensLeft(spent), bounds.usdLeft(spent));
        Optional<String> tightest = AgentBounds.tightest(left);
        long most = Math.min(left.tokens(), Math.min(left.byTokens(), left.byCost()));
        if (most < 1) {
            throw new BoundExceededException(tightest.orElse(AgentBounds.TOKENS));
        }
        return new TurnQuestion(task.query(messages, offered, isForced, (int) most), tightest.orElse(null));
    }

    private void emit(String endpoint, String text, long length) {
        context.emit(text);
    }

    private AgentTurn ended(ModelAnswer answer, TurnQuestion turn) {
        if (!answer.text().isEmpty() && !answer.toolCalls().isEmpty()) {
            context.emit("\n\n"); // the text of the next turn is separate
        }
        return new AgentTurn(answer, turn.shortenedBy());
    }
}

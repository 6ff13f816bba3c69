// SPDX-License-Identifier: Apache-2.0
package io.jobyard.handler.llm.summary;

import io.jobyard.api.handler.AsyncStep;
import io.jobyard.api.handler.JobContext;
import io.jobyard.handler.llm.chat.AnswerListener;
import io.jobyard.handler.llm.chat.ModelAnswer;
import io.jobyard.handler.llm.chat.ModelClient;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Calls of one run, each of which is a step. For one thread at a time. */
final class SummaryCalls {

    private static final String ENDED = "stop";

    private final JobContext context;
    private final ModelClient client;
    private final SummaryRequest request;
    private final List<ModelAnswer> answers = new ArrayList<>();
    private final CallCount count;

    SummaryCalls(JobContext context, ModelClient client, SummaryRequest request) {
        this.context = context;
        this.client = client;
        this.request = request;
        count = new CallCount(context);
    }

    /** Returns the summaries in the order of the calls. Several calls are made in parallel. */
    CompletionStage<List<String>> all(List<SummaryCall> calls) {
        if (calls.isEmpty()) {
            return CompletableFuture.completedFuture(List.of());
        }
        int before = answers.size();
        count.expect(calls.size());
        List<AsyncStep<ModelAnswer>> steps = new ArrayList<>();
        for (SummaryCall call : calls) {
            int number = before + steps.size();
            steps.add(AsyncStep.of(call.step(), ModelAnswer.class, () -> ask(call, number))
                    .estimated(() -> client.estimate(request.query(call.text()))));
        }
        return context.stepsAsync(steps, request.parallelism()).thenApply(given -> {
            answers.addAll(given);
            return given.stream().map(answer -> answer.text().strip()).toList();
        });
    }

    private CompletableFuture<ModelAnswer> ask(SummaryCall call, int number) {
        count.begun(number, call.step());
        AnswerListener listener = call.isLast() ? (endpoint, text, length) -> context.emit(text) : AnswerListener.NONE;
        return client.ask(context, call.step(), request.query(call.text()), listener, answer -> ended(call, answer));
    }

    private ModelAnswer ended(SummaryCall call, ModelAnswer answer) {
        if (!answer.finishReason().equals(ENDED)) {
            context.log(call.step() + ": the summary is incomplete (" + answer.finishReason() + " after "
                    + answer.usage().outputTokens() + " tokens; maxTokens is " + request.maxTokens() + ")");
        }
        count.ended(call.step());
        return answer;
    }

    /** Returns the answers of all calls so far, including those of earlier runs. */
    List<ModelAnswer> answers() {
        return answers;
    }
}

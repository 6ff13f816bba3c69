// SPDX-License-Identifier: Apache-2.0
package io.jobyard.handler.llm.chat;

import com.fasterxml.jackson.databind.JsonNode;
import io.jobyard.api.handler.JobContext;
import io.jobyard.api.handler.PermanentException;
import io.jobyard.handler.llm.wire.ChatMessage;
import io.jobyard.handler.llm.wire.ModelQuery;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Requests of JSON that matches a schema. If an answer does not match, the model is asked once more. */
final class JsonAnswers {

    private static final String AGAIN =
            "Your answer does not match the schema: %s. Give the complete answer again, as JSON"
                    + " that matches the schema, and nothing else.";

    private final ModelClient client;

    JsonAnswers(ModelClient client) {
        this.client = client;
    }

    /**
     * Answers of a request, of which the last one matches.
     *
     * @param all one answer, or two after a repair
     */
    record Fitting(List<ModelAnswer> all, JsonNode json) {}

    /**
     * Asks the model in a step, and if necessary again in a second step, {@code STEP repair}.
     *
     * @param query query with a {@code responseSchema}
     * @return answers; the stage fails with a {@link PermanentException} if neither answer matches the schema; the message contains the
     * location; or as of {@link ModelClient#call}
     * @throws PermanentException if the schema is invalid
     */
    CompletionStage<Fitting> ask(JobContext context, String step, ModelQuery query) {
        AnswerSchema schema = AnswerSchema.of("responseSchema", responseSchema(query));
        return client.call(context, step, query).thenCompose(answer -> {
            AnswerSchema.CheckedAnswer checked = check(schema, answer);
            return checked.fits()
                    ? CompletableFuture.completedStage(
                            new Fitting(List.of(answer), Objects.requireNonNull(checked.json())))
                    : repaired(context, step, query, schema, answer, checked);
        });
    }

    private CompletionStage<Fitting> repaired(
            JobContext context,
            String step,
            ModelQuery query,
            AnswerSchema schema,
            ModelAnswer answer,
            AnswerSchema.CheckedAnswer checked) {
        context.log("the answer does not match responseSchema (" + String.join("; ", checked.positions())
                + "); asking the model again");
        ModelQuery repair = query.then(
                ChatMessage.assistant(answer.text(), List.of()),
                ChatMessage.user(AGAIN.formatted(String.join("; ", checked.problems()))));
        return client.call(context, step + " repair", repair).thenApply(repaired -> {
            AnswerSchema.CheckedAnswer again = check(schema, repaired);
            if (!again.fits()) {
                throw new PermanentException("the answer does not match responseSchema, even after a second request: "
                        + String.join("; ", again.positions()));
            }
            return new Fitting(List.of(answer, repaired), Objects.requireNonNull(again.json()));
        });
    }

    private static Map<String, Object> responseSchema(ModelQuery query) {
        return Objects.requireNonNull(query.responseSchema(), "a JSON query has a schema");
    }

    /** Checks an answer. Fails the job if the answer was cut off, because a repair would be cut off too. */
    private static AnswerSchema.CheckedAnswer check(AnswerSchema schema, ModelAnswer answer) {
        AnswerSchema.CheckedAnswer checked = schema.check(answer.text());
        if (!checked.fits() && answer.finishReason().equals("length")) {
            throw new PermanentException("the answer was cut off after "
                    + answer.usage().outputTokens() + " tokens and does not match the schema: raise maxTokens");
        }
        return checked;
    }
}

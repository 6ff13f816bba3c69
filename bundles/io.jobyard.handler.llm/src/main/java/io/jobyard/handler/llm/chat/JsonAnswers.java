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

/** Requests of JSON that matches a schema. If an answer does not match, the model is asked once more. */
public final class JsonAnswers {

    private static final String AGAIN =
            "Your answer does not match the schema: %s. Give the complete answer again, as JSON"
                    + " that matches the schema, and nothing else.";

    private final ModelClient client;

    public JsonAnswers(ModelClient client) {
        this.client = client;
    }

    /**
     * Answers of a request, of which the last one matches.
     *
     * @param all one answer, or two after a repair
     */
    public record Fitting(List<ModelAnswer> all, JsonNode json) {}

    /**
     * Asks the model in a step, and if necessary again in a second step, {@code STEP repair}.
     *
     * @param query query with a {@code responseSchema}
     * @throws PermanentException if the schema is invalid, or neither answer matches it; the message contains the location
     * @throws Exception exception of {@link ModelClient#call}
     */
    public Fitting ask(JobContext context, String step, ModelQuery query) throws Exception {
        AnswerSchema schema = AnswerSchema.of("responseSchema", responseSchema(query));
        ModelAnswer answer = client.call(context, step, query);
        AnswerSchema.CheckedAnswer checked = check(schema, answer);
        if (checked.fits()) {
            return new Fitting(List.of(answer), Objects.requireNonNull(checked.json()));
        }
        context.log("the answer does not match responseSchema (" + String.join("; ", checked.positions())
                + "); asking the model again");
        ModelQuery repair = query.then(
                ChatMessage.assistant(answer.text(), List.of()),
                ChatMessage.user(AGAIN.formatted(String.join("; ", checked.problems()))));
        ModelAnswer repaired = client.call(context, step + " repair", repair);
        AnswerSchema.CheckedAnswer again = check(schema, repaired);
        if (!again.fits()) {
            throw new PermanentException("the answer does not match responseSchema, even after a second request: "
                    + String.join("; ", again.positions()));
        }
        return new Fitting(List.of(answer, repaired), Objects.requireNonNull(again.json()));
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

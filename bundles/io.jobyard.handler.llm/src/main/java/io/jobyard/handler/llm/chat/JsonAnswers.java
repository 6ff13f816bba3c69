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

/** Asks a model for JSON that fits a schema, and once more if it does not. */
public final class JsonAnswers {

    private static final String AGAIN =
            "Your answer does not match the schema: %s. Give the complete answer again, as JSON"
                    + " that matches the schema, and nothing else.";

    private final ModelClient client;

    public JsonAnswers(ModelClient client) {
        this.client = client;
    }

    /**
     * Answers, the last of which fits.
     *
     * @param all one, or two after a repair
     */
    public record Fitting(List<ModelAnswer> all, JsonNode json) {}

    /**
     * Asks in a step, and if necessary again in another step, {@code STEP repair}.
     *
     * @param query has a {@code responseSchema}
     * @throws PermanentException if the schema is invalid, or neither answer matches it, with the place
     * @throws Exception what {@link ModelClient#call} throws
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

    /** A repair would be cut off too. */
    private static AnswerSchema.CheckedAnswer check(AnswerSchema schema, ModelAnswer answer) {
        AnswerSchema.CheckedAnswer checked = schema.check(answer.text());
        if (!checked.fits() && answer.finishReason().equals("length")) {
            throw new PermanentException("the answer was cut off after "
                    + answer.usage().outputTokens() + " tokens and does not match the schema: raise maxTokens");
        }
        return checked;
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.jobyard.handler.llm.chat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jobyard.api.handler.HandlesJob;
import io.jobyard.api.handler.JobContext;
import io.jobyard.api.handler.TypedAsyncJobHandler;
import io.jobyard.handler.llm.wire.ModelQuery;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Handler that asks a model. It holds no thread while it waits for the answer. */
@Component
@HandlesJob(
        value = ChatCompletion.TYPE,
        timeout = 600,
        description = "Sends messages to a language model, and returns its answer and the number of tokens used.")
public final class ChatCompletion implements TypedAsyncJobHandler<ModelQuery, Map<String, Object>> {

    static final String TYPE = "chat_completion";

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String STEP = "call 1";

    private final ModelClient client;

    @Activate
    public ChatCompletion(@Reference ModelClient client) {
        this.client = client;
    }

    @Override
    public CompletionStage<Map<String, Object>> handle(ModelQuery query, JobContext context) {
        return query.responseSchema() == null
                ? client.call(context, STEP, query).thenApply(answer -> result(List.of(answer), null))
                : new JsonAnswers(client)
                        .ask(context, STEP, query)
                        .thenApply(fitting -> result(fitting.all(), fitting.json()));
    }

    /** Returns the last answer with the total usage of all answers. */
    private static Map<String, Object> result(List<ModelAnswer> answers, @Nullable JsonNode json) {
        ModelAnswer last = answers.get(answers.size() - 1);
        Map<String, Object> result = new LinkedHashMap<>();
        result.put("text", last.text());
        result.put("toolCalls", last.toolCalls());
        if (json != null) {
            result.put("json", JSON.convertValue(json, Object.class));
        }
        result.put("model", last.model());
        result.put("endpoint", last.endpoint());
        result.put("finishReason", last.finishReason());
        CallCost spent = CallCost.of(answers);
        result.put("usage", spent.usage());
        if (spent.cost() != null) {
            result.put("cost", spent.cost());
        }
        return result;
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.jobyard.handler.llm.chat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.jobyard.api.handler.EstimatesJob;
import io.jobyard.api.handler.JobEstimator;
import io.jobyard.handler.llm.endpoints.Endpoint;
import io.jobyard.handler.llm.endpoints.Endpoints;
import io.jobyard.handler.llm.endpoints.ServedModel;
import io.jobyard.handler.llm.tools.Tokenizer;
import io.jobyard.handler.llm.wire.ModelQuery;
import io.jobyard.handler.llm.wire.TokenUsage;
import java.util.HashMap;
import java.util.Map;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** What a call may use at most: its prompt by own count, and an answer as long as it may be. */
@Component
@EstimatesJob(ChatCompletion.TYPE)
public final class ChatEstimator implements JobEstimator {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Endpoints endpoints;
    private final Tokenizer tokenizer;

    @Activate
    public ChatEstimator(@Reference Endpoints endpoints, @Reference Tokenizer tokenizer) {
        this.endpoints = endpoints;
        this.tokenizer = tokenizer;
    }

    /** Nothing if no endpoint serves it: the job then fails and says so. */
    @Override
    public Map<String, Double> estimate(Map<String, Object> payload) {
        ModelQuery query = JSON.convertValue(payload, ModelQuery.class);
        return endpoints
                .find(query.endpoint(), query.model())
                .flatMap(found -> found.model(query.model()).map(model -> estimate(query, found, model)))
                .orElse(Map.of());
    }

    private Map<String, Double> estimate(ModelQuery query, Endpoint endpoint, ServedModel model) {
        int maxTokens = ModelAttempt.maxTokens(query, endpoint);
        long prompt = new PromptTokens(tokenizer).of(endpoint.wire().chat(query, model.upstream(), maxTokens));
        TokenUsage most = new TokenUsage(prompt, 0, maxTokens);
        Map<String, Double> estimate = new HashMap<>(Map.of("tokens", (double) most.tokens()));
        if (model.price() != null) {
            estimate.put("usd", model.price().cost(most));
        }
        return estimate;
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.jobyard.handler.llm.chat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.jobyard.api.handler.EstimatesJob;
import io.jobyard.api.handler.JobEstimator;
import io.jobyard.handler.llm.endpoints.Endpoints;
import io.jobyard.handler.llm.endpoints.Price;
import io.jobyard.handler.llm.tools.Tokenizer;
import io.jobyard.handler.llm.wire.TokenUsage;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** What the texts use, by own count. */
@Component
@EstimatesJob(EmbedTexts.TYPE)
public final class EmbedEstimator implements JobEstimator {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Endpoints endpoints;
    private final Tokenizer tokenizer;

    @Activate
    public EmbedEstimator(@Reference Endpoints endpoints, @Reference Tokenizer tokenizer) {
        this.endpoints = endpoints;
        this.tokenizer = tokenizer;
    }

    /** Nothing if no endpoint serves it: the job then fails and says so. */
    @Override
    public Map<String, Double> estimate(Map<String, Object> payload) {
        EmbedPayload read = JSON.convertValue(payload, EmbedPayload.class);
        return endpoints
                .find(read.endpoint(), read.model())
                .flatMap(endpoint -> endpoint.model(read.model()))
                .map(model -> estimate(read, model.price()))
                .orElse(Map.of());
    }

    private Map<String, Double> estimate(EmbedPayload payload, @Nullable Price price) {
        long tokens = payload.texts().stream().mapToLong(tokenizer::count).sum();
        Map<String, Double> estimate = new HashMap<>(Map.of("tokens", (double) tokens));
        if (price != null) {
            estimate.put("usd", price.cost(new TokenUsage(tokens, 0, 0)));
        }
        return estimate;
    }
}

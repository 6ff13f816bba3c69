// SPDX-License-Identifier: Apache-2.0
package io.jobyard.handler.llm.chat;

import io.jobyard.handler.llm.endpoints.Endpoint;
import io.jobyard.handler.llm.endpoints.Endpoints;
import io.jobyard.handler.llm.endpoints.Price;
import io.jobyard.handler.llm.endpoints.ServedModel;
import io.jobyard.handler.llm.tools.Tokenizer;
import io.jobyard.handler.llm.wire.ModelQuery;
import io.jobyard.handler.llm.wire.TokenUsage;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Calculator of the maximum usage of calls: the estimated tokens of their prompts, and the longest answers allowed. */
@Component(service = ModelCallBounds.class)
public final class ModelCallBounds {

    private final Endpoints endpoints;
    private final Tokenizer tokenizer;

    @Activate
    public ModelCallBounds(@Reference Endpoints endpoints, @Reference Tokenizer tokenizer) {
        this.endpoints = endpoints;
        this.tokenizer = tokenizer;
    }

    /**
     * Upper bound of a call's use.
     *
     * @param usage maximum usage of its prompt and its answer
     * @param price price of the model; null if unknown
     * @param requests maximum number of requests to the endpoint and its fallbacks
     */
    public record Most(TokenUsage usage, @Nullable Price price, int requests) {

        /** Returns the estimate of one call by unit, in the form that estimators return. */
        public Map<String, Double> estimate() {
            Map<String, Double> estimate = new HashMap<>(
                    Map.of("tokens", (double) usage.tokens(), "requests", (double) requests, "calls", 1.0));
            if (price != null) {
                estimate.put("usd", price.cost(usage));
            }
            return estimate;
        }

        /** Returns the bounds of the same model with this usage. */
        public Most using(TokenUsage other) {
            return new Most(other, price, requests);
        }
    }

    /**
     * Returns the maximum of one call; empty if no endpoint serves the model, in which case the job fails with that
     * error.
     */
    public Optional<Most> of(ModelQuery query) {
        return endpoints
                .find(query.endpoint(), query.model())
                .flatMap(found -> found.model(query.model()).map(model -> of(query, found, model)));
    }

    private Most of(ModelQuery query, Endpoint endpoint, ServedModel model) {
        int maxTokens = ModelAttempt.maxTokens(query, endpoint);
        long prompt = new PromptTokens(tokenizer).of(endpoint.wire().chat(query, model.upstream(), maxTokens));
        return most(endpoint, model, new TokenUsage(prompt, 0, maxTokens));
    }

    /** Returns the bounds of one call for embeddings; empty if no endpoint serves it. */
    Optional<Most> ofEmbedding(EmbedPayload payload, List<String> texts) {
        long tokens = texts.stream().mapToLong(tokenizer::count).sum();
        return endpoints
                .find(payload.endpoint(), payload.model())
                .flatMap(found ->
                        found.model(payload.model()).map(model -> most(found, model, new TokenUsage(tokens, 0, 0))));
    }

    private Most most(Endpoint endpoint, ServedModel model, TokenUsage usage) {
        int requests = 1 + endpoints.fallbacks(endpoint, model.name()).size();
        return new Most(usage, model.price(), requests);
    }
}

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
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Reckons what calls may use at most: their prompts by own count, and answers as long as they may be. Safe for use by several threads. */
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
     * What calls may use at most.
     *
     * @param usage of all together
     * @param price of the model; null if nobody has said it
     */
    public record Most(TokenUsage usage, @Nullable Price price) {

        /** By unit, as estimators tell it. */
        public Map<String, Double> estimate() {
            Map<String, Double> estimate = new HashMap<>(Map.of("tokens", (double) usage.tokens()));
            if (price != null) {
                estimate.put("usd", price.cost(usage));
            }
            return estimate;
        }

        /** The same model, used so. */
        public Most using(TokenUsage other) {
            return new Most(other, price);
        }
    }

    /** Of one call. Empty if no endpoint serves it: the job then fails and says so. */
    public Optional<Most> of(ModelQuery query) {
        return endpoints
                .find(query.endpoint(), query.model())
                .flatMap(found -> found.model(query.model()).map(model -> of(query, found, model)));
    }

    private Most of(ModelQuery query, Endpoint endpoint, ServedModel model) {
        int maxTokens = ModelAttempt.maxTokens(query, endpoint);
        long prompt = new PromptTokens(tokenizer).of(endpoint.wire().chat(query, model.upstream(), maxTokens));
        return new Most(new TokenUsage(prompt, 0, maxTokens), model.price());
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.jobyard.handler.llm.chat;

import io.jobyard.api.handler.PermanentException;
import io.jobyard.handler.llm.endpoints.Endpoint;
import io.jobyard.handler.llm.endpoints.Endpoints;
import io.jobyard.handler.llm.endpoints.Price;
import io.jobyard.handler.llm.endpoints.ServedModel;
import io.jobyard.handler.llm.tools.Tokenizer;
import io.jobyard.handler.llm.wire.ModelQuery;
import io.jobyard.handler.llm.wire.TokenUsage;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * Calculator of the maximum length of an answer within the remaining budget. Uses an estimate of the prompt's tokens
 * and the prices of the first endpoint.
 */
@Component(service = AnswerBudget.class)
public final class AnswerBudget {

    private final Endpoints endpoints;
    private final Tokenizer tokenizer;

    @Activate
    public AnswerBudget(@Reference Endpoints endpoints, @Reference Tokenizer tokenizer) {
        this.endpoints = endpoints;
        this.tokenizer = tokenizer;
    }

    /**
     * Tokens that an answer may have.
     *
     * @param tokens maximum number of tokens, by the endpoint
     * @param byTokens maximum within the remaining tokens; none if less than 1
     * @param byCost maximum within the remaining cost; none if less than 1
     */
    public record Room(int tokens, long byTokens, long byCost) {}

    /**
     * Calculates the maximum for one call.
     *
     * @param query query to ask
     * @param tokens remaining tokens for prompt and answer
     * @param usd remaining cost in USD; null for any amount
     * @throws PermanentException if the endpoint or model does not exist
     */
    public Room of(ModelQuery query, long tokens, @Nullable Double usd) {
        Endpoint endpoint = endpoints.serving(query.endpoint(), query.model());
        ServedModel model = endpoint.model(query.model()).orElseThrow();
        long prompt = new PromptTokens(tokenizer).of(endpoint.wire().chat(query, model.upstream(), 1));
        long byCost = usd == null || model.price() == null ? Long.MAX_VALUE : affordable(model.price(), prompt, usd);
        return new Room(ModelAttempt.maxTokens(query, endpoint), tokens - prompt, byCost);
    }

    private static long affordable(Price price, long prompt, double usd) {
        double left = usd - price.cost(new TokenUsage(prompt, 0, 0));
        double each = price.cost(new TokenUsage(0, 0, 1_000_000)) / 1e6;
        long affordable = left < 0 ? 0 : each == 0 ? Long.MAX_VALUE : (long) (left / each);
        boolean isRoundedUp = affordable > 0
                && affordable < Long.MAX_VALUE
                && price.cost(new TokenUsage(prompt, 0, affordable)) > usd;
        return isRoundedUp ? affordable - 1 : affordable;
    }

    /**
     * Refuses models without a known price.
     *
     * @throws PermanentException if the endpoint, or one of its fallbacks, has no price for the model
     */
    public void requirePrices(@Nullable String endpoint, String model) {
        Endpoint first = endpoints.serving(endpoint, model);
        Stream.concat(Stream.of(first), endpoints.fallbacks(first, model).stream())
                .forEach(each -> requirePrice(each, each.model(model).orElseThrow()));
    }

    private static void requirePrice(Endpoint endpoint, ServedModel model) {
        if (model.price() == null) {
            throw new PermanentException("invalid maxCost: endpoint " + endpoint.name() + " has no price for "
                    + model.name() + "; set price." + model.name() + " in its configuration, or remove maxCost");
        }
        if (model.cheaper() != null) {
            requirePrice(endpoint, endpoint.model(model.cheaper()).orElseThrow());
        }
    }
}

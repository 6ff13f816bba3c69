// SPDX-License-Identifier: Apache-2.0
package io.jobyard.handler.llm.chat;

import io.jobyard.api.handler.JobContext;
import io.jobyard.api.handler.RunUsage;
import io.jobyard.handler.llm.endpoints.Endpoint;
import io.jobyard.handler.llm.endpoints.ServedModel;
import io.jobyard.handler.llm.wire.TokenUsage;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** Tells the host what one call has used, once. */
final class Settlement {

    private final JobContext context;
    private final Endpoint endpoint;
    private final ServedModel model;

    Settlement(JobContext context, Endpoint endpoint, ServedModel model) {
        this.context = context;
        this.endpoint = endpoint;
        this.model = model;
    }

    /** Gives back what was estimated and is not used in this run: what a step has stored was settled by an earlier one. */
    static void begin(RunUsage context) {
        context.used("tokens", 0);
        context.used("usd", 0);
    }

    /** Returns the cost; null if nobody has said the price. */
    @Nullable
    Double settle(TokenUsage usage) {
        context.used("tokens", usage.tokens());
        context.used("tokens.input", usage.inputTokens());
        context.used("tokens.output", usage.outputTokens());
        if (model.price() == null) {
            return null;
        }
        double cost = model.price().cost(usage);
        context.used("usd", cost);
        return cost;
    }

    /** The same for an answer that did not come to its end; the job's log tells of it. */
    void settleBroken(TokenUsage usage) {
        Double cost = settle(usage);
        String usd = cost == null ? "" : ", " + BigDecimal.valueOf(cost).toPlainString() + " usd";
        context.log("endpoint " + endpoint.name() + ", model " + model.name() + ": charged for an incomplete answer: "
                + usage.inputTokens() + " input tokens, " + usage.outputTokens() + " output tokens" + usd
                + " (estimated where the provider reports nothing)");
    }
}

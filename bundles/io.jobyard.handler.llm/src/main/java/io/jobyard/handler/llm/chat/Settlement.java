// SPDX-License-Identifier: Apache-2.0
package io.jobyard.handler.llm.chat;

import io.jobyard.api.handler.JobContext;
import io.jobyard.api.handler.RunUsage;
import io.jobyard.handler.llm.endpoints.Endpoint;
import io.jobyard.handler.llm.endpoints.ServedModel;
import io.jobyard.handler.llm.wire.TokenUsage;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** Reporter of a call's usage to the host. Reports once. */
final class Settlement {

    private final JobContext context;
    private final Endpoint endpoint;
    private final ServedModel model;

    Settlement(JobContext context, Endpoint endpoint, ServedModel model) {
        this.context = context;
        this.endpoint = endpoint;
        this.model = model;
    }

    /** Releases estimated amounts that this run does not use, because an earlier run settled the stored steps. */
    static void begin(RunUsage context) {
        context.used("tokens", 0);
        context.used("usd", 0);
    }

    /** Settles the usage. Returns the cost; null if the price is unknown. */
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

    /** Settles the usage of an incomplete answer, and logs it in the job's log. */
    void settleBroken(TokenUsage usage) {
        Double cost = settle(usage);
        String usd = cost == null ? "" : ", " + BigDecimal.valueOf(cost).toPlainString() + " usd";
        context.log("endpoint " + endpoint.name() + ", model " + model.name() + ": charged for an incomplete answer: "
                + usage.inputTokens() + " input tokens, " + usage.outputTokens() + " output tokens" + usd
                + " (estimated where the provider reports nothing)");
    }
}

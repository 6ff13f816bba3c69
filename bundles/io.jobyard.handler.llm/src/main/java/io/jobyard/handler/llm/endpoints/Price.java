// SPDX-License-Identifier: Apache-2.0
package io.jobyard.handler.llm.endpoints;

import io.jobyard.handler.llm.wire.TokenUsage;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;

/**
 * Price of a model, in USD per million tokens.
 *
 * @param input price of the prompt
 * @param output price of the answer
 * @param cached price of prompt tokens from the provider's cache
 */
public record Price(BigDecimal input, BigDecimal output, BigDecimal cached) {

    private static final int MILLION = 6;
    private static final BigDecimal MOST = BigDecimal.valueOf(1_000_000);
    private static final String USE =
            "use input/output or input/output/cached, in usd per million tokens, for example 2.5/10/1.25";

    /** Throws {@link IllegalArgumentException} with the required form. */
    static Price parse(String text) {
        List<BigDecimal> parts =
                Arrays.stream(text.split("/", -1)).map(Price::amount).toList();
        if (parts.size() < 2 || parts.size() > 3) {
            throw new IllegalArgumentException(USE);
        }
        return new Price(parts.get(0), parts.get(1), parts.get(parts.size() == 3 ? 2 : 0));
    }

    private static BigDecimal amount(String text) {
        if (!text.strip().matches("\\d{1,7}(\\.\\d{1,9})?")) {
            throw new IllegalArgumentException(USE);
        }
        BigDecimal amount = new BigDecimal(text.strip());
        if (amount.compareTo(MOST) > 0) {
            throw new IllegalArgumentException(USE);
        }
        return amount;
    }

    /** Returns the cost in USD. */
    public double cost(TokenUsage usage) {
        return amount(input, usage.inputTokens() - usage.cachedTokens())
                .add(amount(cached, usage.cachedTokens()))
                .add(amount(output, usage.outputTokens()))
                .movePointLeft(MILLION)
                .doubleValue();
    }

    private static BigDecimal amount(BigDecimal price, long tokens) {
        return price.multiply(BigDecimal.valueOf(tokens));
    }

    @Override
    public String toString() {
        return input.toPlainString() + "/" + output.toPlainString() + "/" + cached.toPlainString();
    }
}

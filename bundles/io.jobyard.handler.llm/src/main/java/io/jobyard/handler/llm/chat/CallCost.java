// SPDX-License-Identifier: Apache-2.0
package io.jobyard.handler.llm.chat;

import io.jobyard.handler.llm.wire.TokenUsage;
import java.math.BigDecimal;
import java.util.Collection;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Total of several answers.
 *
 * @param cost the total cost in USD of answers with a known price; null if no price is known
 */
public record CallCost(TokenUsage usage, @Nullable Double cost) {

    public static CallCost of(Collection<ModelAnswer> answers) {
        return sum(answers.stream()
                .map(answer -> new CallCost(answer.usage(), answer.cost()))
                .toList());
    }

    static CallCost sum(Collection<CallCost> all) {
        return new CallCost(
                all.stream().map(CallCost::usage).reduce(TokenUsage.NONE, TokenUsage::plus),
                all.stream()
                        .map(CallCost::cost)
                        .filter(Objects::nonNull)
                        .map(BigDecimal::valueOf) // decimal arithmetic: doubles would add rounding errors
                        .reduce(BigDecimal::add)
                        .map(BigDecimal::doubleValue)
                        .orElse(null));
    }
}

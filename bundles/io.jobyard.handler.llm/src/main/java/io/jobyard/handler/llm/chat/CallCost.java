// SPDX-License-Identifier: Apache-2.0
package io.jobyard.handler.llm.chat;

import io.jobyard.handler.llm.wire.TokenUsage;
import java.math.BigDecimal;
import java.util.Collection;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What answers came to together.
 *
 * @param usage what all have used
 * @param cost in usd, of those whose price is known; null if none is
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
                        .map(BigDecimal::valueOf) // as it is written: doubles would add what nobody paid
                        .reduce(BigDecimal::add)
                        .map(BigDecimal::doubleValue)
                        .orElse(null));
    }
}

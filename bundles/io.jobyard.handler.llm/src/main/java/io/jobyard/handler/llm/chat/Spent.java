// SPDX-License-Identifier: Apache-2.0
package io.jobyard.handler.llm.chat;

import io.jobyard.handler.llm.wire.TokenUsage;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What answers came to together.
 *
 * @param usage what all have used
 * @param cost in usd, of those whose price is known; null if none is
 */
public record Spent(TokenUsage usage, @Nullable Double cost) {

    public static Spent of(Collection<ModelAnswer> answers) {
        List<Double> costs =
                answers.stream().map(ModelAnswer::cost).filter(Objects::nonNull).toList();
        return new Spent(
                answers.stream().map(ModelAnswer::usage).reduce(TokenUsage.NONE, TokenUsage::plus),
                costs.isEmpty()
                        ? null
                        : costs.stream().mapToDouble(Double::doubleValue).sum());
    }
}

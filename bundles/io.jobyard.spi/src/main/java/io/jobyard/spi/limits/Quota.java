// SPDX-License-Identifier: Apache-2.0
package io.jobyard.spi.limits;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * How much somebody may have and use; what is null is not bounded.
 *
 * @param queuedMax how many jobs may wait or be queued
 * @param submitRate how many may be submitted in which time
 * @param runningMax how many may run at once
 * @param rate how many may start in which time
 * @param budgets how much of each unit may be used in each period
 */
public record Quota(
        @Nullable Integer queuedMax,
        @Nullable Rate submitRate,
        @Nullable Integer runningMax,
        @Nullable Rate rate,
        Map<String, Rate> budgets) {

    /** Nothing is bounded. */
    public static final Quota NONE = new Quota(null, null, null, null, Map.of());

    public Quota {
        budgets = Collections.unmodifiableMap(new TreeMap<>(budgets));
    }

    /** The quota of who has both: the more generous of them in each. */
    public Quota or(Quota other) {
        Map<String, Rate> both = new TreeMap<>();
        budgets.forEach((unit, budget) -> {
            Rate more = larger(budget, other.budgets.get(unit));
            if (more != null) {
                both.put(unit, more);
            }
        });
        return new Quota(
                larger(queuedMax, other.queuedMax),
                larger(submitRate, other.submitRate),
                larger(runningMax, other.runningMax),
                larger(rate, other.rate),
                both);
    }

    private static @Nullable Integer larger(@Nullable Integer one, @Nullable Integer other) {
        return one == null || other == null ? null : Integer.valueOf(Math.max(one, other));
    }

    private static @Nullable Rate larger(@Nullable Rate one, @Nullable Rate other) {
        return one == null || other == null ? null : one.isMoreThan(other) ? one : other;
    }
}

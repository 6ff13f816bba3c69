// SPDX-License-Identifier: Apache-2.0
package io.jobyard.spi.limits;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Quota of a submitter; null means unlimited.
 *
 * @param queuedMax largest number of waiting and queued jobs
 * @param submitRate submits per time
 * @param runningMax largest number of simultaneous runs
 * @param rate starts per time
 * @param budgets use of each unit per period
 */
public record Quota(
        @Nullable Integer queuedMax,
        @Nullable Rate submitRate,
        @Nullable Integer runningMax,
        @Nullable Rate rate,
        Map<String, Rate> budgets) {

    /** Quota without any limit. */
    public static final Quota NONE = new Quota(null, null, null, null, Map.of());

    public Quota {
        budgets = Collections.unmodifiableMap(new TreeMap<>(budgets));
    }

    /** Returns the quota of a submitter with both quotas: the more generous of each pair of values. */
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

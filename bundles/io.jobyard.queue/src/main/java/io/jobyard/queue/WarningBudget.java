// SPDX-License-Identifier: Apache-2.0
package io.jobyard.queue;

import io.jobyard.spi.limits.LimitKey;
import io.jobyard.spi.limits.LimitUse;
import io.jobyard.spi.limits.Rate;

/** Budget with a warning threshold, for readers of the leader's stored state. */
record WarningBudget(LimitKey key, Rate rate) {

    boolean isPassed(LimitUse stored, long now) {
        Budget budget = new Budget(key.unit(), rate, moved -> {});
        budget.restore(stored, rate, now);
        return budget.warningPassed(key.kind(), key.name(), now) != null;
    }
}

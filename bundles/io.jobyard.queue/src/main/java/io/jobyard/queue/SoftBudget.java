// SPDX-License-Identifier: Apache-2.0
package io.jobyard.queue;

import io.jobyard.api.spi.Rate;
import io.jobyard.api.spi.limiting.LimitKey;
import io.jobyard.api.spi.limiting.LimitUse;

/** A budget with a soft level, by itself: for who asks what the steward has stored of it. */
record SoftBudget(LimitKey key, Rate rate) {

    boolean isPassed(LimitUse stored, long now) {
        Budget budget = new Budget(key.unit(), rate, moved -> {});
        budget.restore(stored, rate, now);
        return budget.softPassed(key.kind(), key.name(), now) != null;
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.jobyard.api;

import java.time.Instant;

/**
 * Event of a budget that has exceeded its warning threshold in this period. The event blocks no job.
 *
 * @param kind {@code limit} or {@code role}
 * @param name limit, with the value of its key if it has one, for example {@code tenants=acme}; or owner of a role's share
 * @param unit the unit, for example {@code usd}
 * @param budget the budget, for example {@code 50/month warn 80%}
 * @param used amount used so far, with the estimates of current runs
 * @param since begin of the period
 * @param until begin of the next period
 */
public record LimitEvent(
        String kind, String name, String unit, String budget, double used, Instant since, Instant until) {

    /**
     * Returns a copy with another name, for readers who may not see the value in it.
     *
     * @param shown name to show, for example {@code tenants=(hidden)}
     */
    public LimitEvent named(String shown) {
        return new LimitEvent(kind, shown, unit, budget, used, since, until);
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.jobyard.api;

import java.time.Instant;

/**
 * So much of a budget is used in its period that somebody wants to know. It holds nothing.
 *
 * @param kind {@code limit} or {@code role}
 * @param name the limit, of a value of its key also that, as {@code tenants=acme}; or whose share of a role it is
 * @param unit the unit, such as {@code usd}
 * @param budget the budget, such as {@code 50/month warn 80%}
 * @param used how much of it is used by now, with what runs are estimated to use
 * @param since when the period began
 * @param until when the next one begins
 */
public record LimitEvent(
        String kind, String name, String unit, String budget, double used, Instant since, Instant until) {

    /**
     * The same under another name, for those who may not see the value in it.
     *
     * @param shown such as {@code tenants=(hidden)}
     */
    public LimitEvent named(String shown) {
        return new LimitEvent(kind, shown, unit, budget, used, since, until);
    }
}

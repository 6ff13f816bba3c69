// SPDX-License-Identifier: Apache-2.0
package io.jobyard.api.handler;

import java.time.Instant;
import org.osgi.annotation.versioning.ProviderType;

/** Reports of a run about its use of limits and budgets. */
@ProviderType
public interface RunUsage {

    /**
     * Reports use of a unit by the run, for example 812 tokens. An excess over the estimate is taken from the limits of the job at once and
     * may make them negative, which blocks later jobs. If this method was called for the unit, the unused part of its estimate is released
     * at the end of the run.
     *
     * <p>The use is stored at once and separately from the outcome, whether a limit counts the unit or not. {@code job:usage} shows it by
     * users, types, models and labels, even after the job is removed. After a kill of the host, only the use of the last milliseconds is
     * unknown; the use of a step is stored with the step.
     *
     * @param unit the unit, for example {@code tokens}: 1 to 32 of the characters {@code A-Z a-z 0-9 . _ -}, at most 32 units in a run
     * @param amount additional use; not negative
     * @throws IllegalArgumentException if the amount is negative or not a number, or the unit is invalid
     */
    void used(String unit, double amount);

    /**
     * Reports the provider's remaining amount, as in the headers of its answers ({@code x-ratelimit-remaining-tokens}). A limit of the job
     * with more of the unit left is lowered to it, and releases of this run's estimate do not raise it above; a limit with less stays. If
     * nothing remains, the limits of the job that count the unit are blocked until the given time. Budgets count the host's own use and do
     * not change. Never raises a limit. Call it after {@link #used}, with the cost of the same answer.
     *
     * @param unit the unit, for example {@code tokens}; no effect if no limit of the job counts it
     * @param left the remaining amount; not negative
     * @param until time at which the provider has more; applies if nothing remains, at most a year from now
     * @throws IllegalArgumentException if {@code left} is negative or not a number, or the unit is invalid
     * @throws IllegalStateException if the run has ended
     */
    void remaining(String unit, double left, Instant until);

    /**
     * Reports that the provider refused a call because of its load, for example by HTTP status 429 or 529. Halves the level of the job's
     * limits with {@code adaptive}, at most once a second, like a run that ends with {@link RateLimitedException}. For a handler that ends
     * otherwise, because it knows no time of the next call, or another provider did the work. No effect without such a limit.
     *
     * @throws IllegalStateException if the run has ended
     */
    void overloaded();

    /**
     * Returns whether a budget of the job is over its warning threshold ({@code budget.usd = 50/month warn 80%}), so that the handler can
     * choose a cheaper way: a budget that a role gives its submitter, individually or in total, or one of its limits. The count of the
     * host that starts the jobs applies, so very recent use may be missing on another host. A threshold that was exceeded stays exceeded
     * until the period ends.
     *
     * @param unit the unit, for example {@code usd}
     * @return false if no budget of the unit is over its threshold, or none has a threshold
     * @throws io.jobyard.api.StoreException if another host has the answer, and the store does not respond
     * @throws IllegalStateException if the run has ended
     */
    boolean isBudgetLow(String unit);
}

// SPDX-License-Identifier: Apache-2.0
package io.jobyard.api.handler;

import java.time.Instant;
import org.osgi.annotation.versioning.ProviderType;

/** What a run uses of limits and budgets. */
@ProviderType
public interface RunUsage {

    /**
     * Says that the run has used so much of a unit, such as 812 tokens. What exceeds the estimate is taken from the
     * limits of the job at once and may bring them below zero, which holds what comes next. What was estimated of the
     * unit and not used by the end of the run is given back, if this was called for the unit at all.
     *
     * <p>It is kept, at once and apart from the outcome, whether a limit counts the unit or not: {@code job:usage} tells it by
     * users, types, models and labels, also after the job is removed. What a run used before its host was killed is known but for the
     * last milliseconds; what a step used is stored with the step.
     *
     * @param unit the unit, such as {@code tokens}: 1 to 32 of the characters {@code A-Z a-z 0-9 . _ -}, at most 32 of them in a run
     * @param amount how much more than before; not negative
     * @throws IllegalArgumentException if the amount is negative or no number, or the unit is none
     */
    void used(String unit, double amount);

    /**
     * Says what the other side counts as left, as the headers of its answers tell ({@code x-ratelimit-remaining-tokens}). Where a limit of the job
     * has more of the unit in its rate, it has only that from now on, and what comes back of this run's estimate does not bring it
     * above; where it has less it stays. Where nothing is left, the limits of the job that count the unit are shut until then. Budgets count what the
     * host lets use, and stay as they are. Never raises anything. Call it behind {@link #used}, which tells what the same answer cost.
     *
     * @param unit the unit, such as {@code tokens}; without effect if no limit of the job counts it
     * @param left how much is left; not negative
     * @param until when the other side has more again; counts where nothing is left, and at most a year from now
     * @throws IllegalArgumentException if {@code left} is negative or no number, or the unit is none
     * @throws IllegalStateException if the run is over
     */
    void remaining(String unit, double left, Instant until);

    /**
     * Tells whether a budget on which the job draws is past its warning threshold ({@code budget.usd = 50/month warn 80%}), so that a cheaper way
     * may be chosen: one that a role gives its submitter, alone or in total, or one of its limits. What counts is what the host has counted
     * that starts the jobs, so a use that was told just now may be missing on another one. Once past in a period, it stays so until that ends.
     *
     * @param unit the unit, such as {@code usd}
     * @return false if it is not, or no budget of the unit has a warning threshold
     * @throws io.jobyard.api.StoreException if that is for another host to know, and the store does not answer
     * @throws IllegalStateException if the run is over
     */
    boolean isBudgetLow(String unit);
}

// SPDX-License-Identifier: Apache-2.0
package io.jobyard.spi.limits;

import io.jobyard.api.JobId;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a run tells of the limits of its job: that it has begun to use what was taken for it, that it has used more of a unit, how much of
 * one the other side has left, that it met a limit of the other side, or that it begins or ends a call.
 *
 * @param job the job, while it runs
 * @param unit the unit that it tells of; null if it tells nothing of one
 * @param amount how much more than before it has used; not negative
 * @param left how much of the unit the other side has left; null if it does not tell
 * @param shutUntil until when nothing that draws on the same limits should start; null if it met none. With {@code left}: until when the
 *     limits are shut that count the unit, if nothing is left
 * @param call which call it begins or ends; null if it tells of none
 */
public record UseReport(
        JobId job,
        @Nullable String unit,
        double amount,
        @Nullable Double left,
        @Nullable Instant shutUntil,
        @Nullable Call call) {

    /**
     * A call of a run that draws on limits by itself.
     *
     * @param number tells it from all other calls of the job
     * @param estimate what it may use of each unit; null if it is over
     */
    public record Call(long number, @Nullable Map<String, Double> estimate) {

        public Call {
            estimate = estimate == null ? null : Map.copyOf(estimate);
        }
    }

    /**
     * One that does not tell how much is left.
     *
     * @param job the job, while it runs
     * @param unit the unit of which it has used more; null if it tells nothing of one
     * @param amount how much more than before; not negative
     * @param shutUntil until when nothing that draws on the same limits should start; null if it met none
     */
    public UseReport(JobId job, @Nullable String unit, double amount, @Nullable Instant shutUntil) {
        this(job, unit, amount, null, shutUntil, null);
    }

    /**
     * What the other side has left.
     *
     * @param job the job, while it runs
     * @param left how much is left; not negative
     * @param until until when the limits are shut that count the unit, if nothing is left
     */
    public static UseReport remaining(JobId job, String unit, double left, Instant until) {
        return new UseReport(job, unit, 0, left, until, null);
    }

    /**
     * A call that begins, or is over.
     *
     * @param job the job, while it runs
     */
    public static UseReport of(JobId job, Call call) {
        return new UseReport(job, null, 0, null, null, call);
    }
}

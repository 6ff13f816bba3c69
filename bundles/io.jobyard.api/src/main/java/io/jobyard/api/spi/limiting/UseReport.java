// SPDX-License-Identifier: Apache-2.0
package io.jobyard.api.spi.limiting;

import io.jobyard.api.JobId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a run tells of the limits of its job: that it has begun to use what was taken for it, that it has used more of a unit, how much of
 * one the other side has left, or that it met a limit of the other side.
 *
 * @param job the job, while it runs
 * @param unit the unit that it tells of; null if it tells nothing of one
 * @param amount how much more than before it has used; not negative
 * @param left how much of the unit the other side has left; null if it does not tell
 * @param shutUntil until when nothing that draws on the same limits should start; null if it met none. With {@code left}: until when the
 *     limits are shut that count the unit, if nothing is left
 */
public record UseReport(
        JobId job,
        @Nullable String unit,
        double amount,
        @Nullable Double left,
        @Nullable Instant shutUntil) {

    /**
     * One that does not tell how much is left.
     *
     * @param job the job, while it runs
     * @param unit the unit of which it has used more; null if it tells nothing of one
     * @param amount how much more than before; not negative
     * @param shutUntil until when nothing that draws on the same limits should start; null if it met none
     */
    public UseReport(JobId job, @Nullable String unit, double amount, @Nullable Instant shutUntil) {
        this(job, unit, amount, null, shutUntil);
    }

    /**
     * What the other side has left.
     *
     * @param job the job, while it runs
     * @param unit the unit
     * @param left how much is left; not negative
     * @param until until when the limits are shut that count the unit, if nothing is left
     * @return the report
     */
    public static UseReport remaining(JobId job, String unit, double left, Instant until) {
        return new UseReport(job, unit, 0, left, until);
    }
}

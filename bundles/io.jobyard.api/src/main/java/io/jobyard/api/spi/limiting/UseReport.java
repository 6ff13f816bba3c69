// SPDX-License-Identifier: Apache-2.0
package io.jobyard.api.spi.limiting;

import io.jobyard.api.JobId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a run tells of the limits of its job: that it has begun to use what was taken for it, that it has used more of a unit,
 * or that it met a limit of the other side.
 *
 * @param job the job, while it runs
 * @param unit the unit of which it has used more; null if it tells nothing of one
 * @param amount how much more than before; not negative
 * @param shutUntil until when nothing that draws on the same limits should start; null if it met none
 */
public record UseReport(
        JobId job,
        @Nullable String unit,
        double amount,
        @Nullable Instant shutUntil) {}

// SPDX-License-Identifier: Apache-2.0
package io.jobyard.api;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Pause of a schedule by a user. Scheduled times within it are skipped and never made up.
 *
 * @param by user who paused the schedule
 * @param reason null for none
 * @param until time at which the pause ends; null if only a resume ends it
 */
public record SchedulePause(
        String by,
        Instant since,
        @Nullable String reason,
        @Nullable Instant until) {}

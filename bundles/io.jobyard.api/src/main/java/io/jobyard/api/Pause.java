// SPDX-License-Identifier: Apache-2.0
package io.jobyard.api;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Pause by a user. The jobs of its target do not start.
 *
 * @param by user who paused the jobs
 * @param reason null for none
 * @param until time at which the pause ends; null if only a resume ends it
 */
public record Pause(
        PauseTarget target,
        String by,
        Instant since,
        @Nullable String reason,
        @Nullable Instant until) {}

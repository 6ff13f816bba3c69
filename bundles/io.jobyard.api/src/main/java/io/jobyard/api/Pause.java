// SPDX-License-Identifier: Apache-2.0
package io.jobyard.api;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A pause by a user: the jobs of its target do not start.
 *
 * @param by user who paused them
 * @param reason null for none
 * @param until when the pause ends; null if only a resume ends it
 */
public record Pause(
        PauseTarget target,
        String by,
        Instant since,
        @Nullable String reason,
        @Nullable Instant until) {}

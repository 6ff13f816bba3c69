// SPDX-License-Identifier: Apache-2.0
package io.jobyard.api;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A pause of a schedule by a user. The times within it are skipped permanently.
 *
 * @param by user who paused it
 * @param reason null for none
 * @param until when the pause ends; null if only a resume ends it
 */
public record SchedulePause(
        String by,
        Instant since,
        @Nullable String reason,
        @Nullable Instant until) {}

// SPDX-License-Identifier: Apache-2.0
package io.jobyard.api;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Why a schedule makes no jobs: somebody asked for that. The times that fall into it are left out for good.
 *
 * @param by who paused it
 * @param reason what was said about it; null if nothing was
 * @param until when it ends by itself; null if only a resume ends it
 */
public record SchedulePause(
        String by,
        Instant since,
        @Nullable String reason,
        @Nullable Instant until) {}

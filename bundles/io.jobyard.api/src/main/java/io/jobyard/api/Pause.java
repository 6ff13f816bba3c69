// SPDX-License-Identifier: Apache-2.0
package io.jobyard.api;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Why none of certain jobs starts: somebody asked for that.
 *
 * @param by who paused them
 * @param reason what was said about it; null if nothing was
 * @param until when it ends by itself; null if only a resume ends it
 */
public record Pause(
        PauseTarget target,
        String by,
        Instant since,
        @Nullable String reason,
        @Nullable Instant until) {}

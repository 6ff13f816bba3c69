// SPDX-License-Identifier: Apache-2.0
package io.jobyard.api;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Why nothing of a queue starts: somebody asked for that.
 *
 * @param queue the queue
 * @param by who paused it
 * @param since when
 * @param reason what was said about it; null if nothing was
 * @param until when it ends by itself; null if only a resume ends it
 */
public record QueuePause(
        String queue,
        String by,
        Instant since,
        @Nullable String reason,
        @Nullable Instant until) {}

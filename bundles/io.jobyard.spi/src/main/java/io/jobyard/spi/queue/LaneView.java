// SPDX-License-Identifier: Apache-2.0
package io.jobyard.spi.queue;

import io.jobyard.api.Blocker;
import io.jobyard.spi.jobs.LaneKey;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Current state of a lane.
 *
 * @param queue its queue: the requested one, or the one that its type is routed to
 * @param queued number of its ready jobs
 * @param oldest when the first of them became ready; null without one
 * @param shutBy the gates that block it, in the order of the checks
 */
public record LaneView(
        LaneKey lane, String queue, long queued, @Nullable Instant oldest, List<Blocker> shutBy) {}

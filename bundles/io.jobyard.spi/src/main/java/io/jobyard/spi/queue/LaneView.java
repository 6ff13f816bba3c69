// SPDX-License-Identifier: Apache-2.0
package io.jobyard.spi.queue;

import io.jobyard.api.Blocker;
import io.jobyard.spi.jobs.LaneKey;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Current state of a lane, for explanations.
 *
 * @param queue queue of its jobs: the requested queue, or the queue that the type is routed to
 * @param queued number of its ready jobs
 * @param oldest time at which the first of them became ready; null without one
 * @param shutBy gates that block it, in the order of the checks
 */
public record LaneView(
        LaneKey lane, String queue, long queued, @Nullable Instant oldest, List<Blocker> shutBy) {}

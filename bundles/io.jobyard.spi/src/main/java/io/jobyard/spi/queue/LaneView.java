// SPDX-License-Identifier: Apache-2.0
package io.jobyard.spi.queue;

import io.jobyard.api.Blocker;
import io.jobyard.spi.jobs.LaneKey;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A lane as it is now.
 *
 * @param queue the queue it stands in: the one asked for, or where its type is routed
 * @param queued how many ready jobs stand in it
 * @param oldest when the first of them became ready; null if none is
 * @param shutBy the gates that hold it, in the order in which they are asked
 */
public record LaneView(
        LaneKey lane, String queue, long queued, @Nullable Instant oldest, List<Blocker> shutBy) {}

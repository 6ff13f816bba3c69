// SPDX-License-Identifier: Apache-2.0
package io.jobyard.api.spi;

import io.jobyard.api.Blocker;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A lane as it is now.
 *
 * @param lane the lane
 * @param queued how many ready jobs stand in it
 * @param oldest when the first of them became ready; null if none is
 * @param shutBy the gates that hold it, in the order in which they are asked
 */
public record LaneView(LaneKey lane, long queued, @Nullable Instant oldest, List<Blocker> shutBy) {}

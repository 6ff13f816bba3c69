// SPDX-License-Identifier: Apache-2.0
package io.jobyard.api.spi;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A lane as it is now.
 *
 * @param lane the lane
 * @param queued how many ready jobs stand in it
 * @param oldest when the first of them became ready; null if none is
 * @param shutBy names of the gates that hold it
 */
public record LaneView(LaneKey lane, long queued, @Nullable Instant oldest, List<String> shutBy) {}

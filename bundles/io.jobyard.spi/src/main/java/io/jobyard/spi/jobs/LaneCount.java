// SPDX-License-Identifier: Apache-2.0
package io.jobyard.spi.jobs;

import java.time.Instant;

/**
 * A lane as the store holds it.
 *
 * @param queued how many jobs stand in it
 * @param oldest when the first of them became ready
 */
public record LaneCount(LaneKey lane, long queued, Instant oldest) {}

// SPDX-License-Identifier: Apache-2.0
package io.jobyard.spi.jobs;

import java.time.Instant;

/**
 * Number of jobs of a lane in the store.
 *
 * @param queued number of its jobs
 * @param oldest time at which the first of them became ready
 */
public record LaneCount(LaneKey lane, long queued, Instant oldest) {}

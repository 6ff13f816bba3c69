// SPDX-License-Identifier: Apache-2.0
package io.jobyard.api;

import java.time.Instant;

/**
 * One time of a schedule. There is at most one job for it.
 *
 * @param schedule the name of the schedule
 * @param at the time by the schedule, without its jitter; in whole microseconds
 */
public record Fire(String schedule, Instant at) {}

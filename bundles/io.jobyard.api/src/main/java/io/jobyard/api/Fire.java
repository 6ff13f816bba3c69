// SPDX-License-Identifier: Apache-2.0
package io.jobyard.api;

import java.time.Instant;

/**
 * One scheduled time. It has at most one job.
 *
 * @param schedule the name of the schedule
 * @param at the time without its jitter; in whole microseconds
 */
public record Fire(String schedule, Instant at) {}

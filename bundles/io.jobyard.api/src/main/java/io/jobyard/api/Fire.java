// SPDX-License-Identifier: Apache-2.0
package io.jobyard.api;

import java.time.Instant;

/**
 * Scheduled time of a schedule. It gets at most one job.
 *
 * @param schedule name of the schedule
 * @param at scheduled time without its jitter, in whole microseconds
 */
public record Fire(String schedule, Instant at) {}

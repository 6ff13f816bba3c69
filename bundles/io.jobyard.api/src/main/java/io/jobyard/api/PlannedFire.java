// SPDX-License-Identifier: Apache-2.0
package io.jobyard.api;

import java.time.Instant;
import java.time.ZonedDateTime;
import org.jspecify.annotations.Nullable;

/**
 * A future time of a schedule if nothing changes.
 *
 * @param at the time, with its jitter
 * @param local its time in the schedule's zone, without its jitter
 * @param skipped why it will get no job; null if it will
 */
public record PlannedFire(
        Instant at, ZonedDateTime local, @Nullable String skipped) {}

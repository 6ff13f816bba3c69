// SPDX-License-Identifier: Apache-2.0
package io.jobyard.api;

import java.time.Instant;
import java.time.ZonedDateTime;
import org.jspecify.annotations.Nullable;

/**
 * A time that a schedule will have if nothing changes.
 *
 * @param at when, with its jitter
 * @param local its time by the schedule's zone, without its jitter
 * @param skipped why there will be no job for it; null if there will be one
 */
public record PlannedFire(
        Instant at, ZonedDateTime local, @Nullable String skipped) {}

// SPDX-License-Identifier: Apache-2.0
package io.jobyard.api;

import java.time.Instant;
import java.time.ZonedDateTime;
import org.jspecify.annotations.Nullable;

/**
 * Future scheduled time, if nothing changes.
 *
 * @param at scheduled time with its jitter
 * @param local scheduled time in the schedule's zone, without its jitter
 * @param skipped reason why the time will get no job; null if it will get one
 */
public record PlannedFire(
        Instant at, ZonedDateTime local, @Nullable String skipped) {}

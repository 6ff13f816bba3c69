// SPDX-License-Identifier: Apache-2.0
package io.jobyard.spi.schedules;

import io.jobyard.api.JobId;
import io.jobyard.api.SchedulePause;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * State of a schedule, and its definition if it was created at run time. All instants are in whole microseconds.
 *
 * @param name the schedule; 1 to 200 characters
 * @param version number of its changes, from 1; a change is stored only if the version is still the one that it read
 * @param definition JSON of at most 32,000 characters; null if a file defines it
 * @param timing the times that were decided by so far; when that changes, times before the change do not count as missed
 * @param pause why it creates no jobs; null if it does. An expired pause has no effect
 * @param backfill past times that get jobs; null for none
 */
public record StoredSchedule(
        String name,
        int version,
        @Nullable String definition,
        String timing,
        FireProgress fires,
        @Nullable SchedulePause pause,
        @Nullable Backfill backfill) {

    /**
     * Progress of a schedule.
     *
     * @param decided the latest decided time, with any result; the next one is later
     * @param lastFire the latest time that got a job; null for none
     * @param lastJob that job; null for none
     * @param overlaps number of latest times that were skipped in a row because an earlier job had not ended
     */
    public record FireProgress(
            Instant decided,
            @Nullable Instant lastFire,
            @Nullable JobId lastJob,
            int overlaps) {}

    /**
     * Past times that get their jobs now, one after the other.
     *
     * @param after all times up to this one are done
     * @param to end, exclusive
     * @param job the latest created job; null before the first
     */
    public record Backfill(
            Instant after, Instant to, @Nullable JobId job) {}
}

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
 * @param timing rule for the times that the previous decisions used; if it changes, times before the change do not count as missed
 * @param pause current pause; null for none. An expired pause has no effect
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
     * @param decided latest scheduled time that was decided, whatever the result; the next scheduled time is later
     * @param lastFire latest scheduled time with a job; null for none
     * @param lastJob job of {@code lastFire}; null for none
     * @param overlaps number of latest consecutive times that were skipped because an earlier job had not finished
     */
    public record FireProgress(
            Instant decided,
            @Nullable Instant lastFire,
            @Nullable JobId lastJob,
            int overlaps) {}

    /**
     * Past times that get their jobs now, one after the other.
     *
     * @param after time up to which all scheduled times have their jobs
     * @param to end of the times, exclusive
     * @param job latest created job; null before the first
     */
    public record Backfill(
            Instant after, Instant to, @Nullable JobId job) {}
}

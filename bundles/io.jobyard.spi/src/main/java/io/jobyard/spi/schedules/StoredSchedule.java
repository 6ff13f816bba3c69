// SPDX-License-Identifier: Apache-2.0
package io.jobyard.spi.schedules;

import io.jobyard.api.JobId;
import io.jobyard.api.SchedulePause;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How far a schedule is, and, if it was made at run time, what it is. All instants are in whole microseconds.
 *
 * @param name the schedule; 1 to 200 characters
 * @param version counts its changes from 1 on; a change is stored only if the version is still the one that it saw
 * @param definition what it is, as JSON of at most 32,000 characters; null if a file says that
 * @param timing by what times it was decided so far; when that changes, the times before the change are not missed
 * @param pause why it makes no jobs; null if it does. One whose time is over counts as none
 * @param backfill the times that are made up for; null if none are
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

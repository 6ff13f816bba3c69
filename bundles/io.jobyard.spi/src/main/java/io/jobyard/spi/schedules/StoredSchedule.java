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
     * How far it is.
     *
     * @param decided the latest of its times that was decided on, whatever came of it; the next one is later
     * @param lastFire the latest of its times for which there was a job; null if there was none
     * @param lastJob that job; null if there was none
     * @param overlaps how many of its latest times were left out, one after the other, because an earlier job had not ended
     */
    public record FireProgress(
            Instant decided,
            @Nullable Instant lastFire,
            @Nullable JobId lastJob,
            int overlaps) {}

    /**
     * Past times that get their jobs now, one after the other.
     *
     * @param after all up to this one are done
     * @param to before when they end
     * @param job the latest that was made for it; null if there is none yet
     */
    public record Backfill(
            Instant after, Instant to, @Nullable JobId job) {}
}

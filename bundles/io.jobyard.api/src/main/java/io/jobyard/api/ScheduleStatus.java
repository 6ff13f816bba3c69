// SPDX-License-Identifier: Apache-2.0
package io.jobyard.api;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Snapshot of a schedule.
 *
 * @param isFromFile whether a file in {@code etc/} defines it; false if it was added at run time
 * @param owner submitter of its jobs
 * @param pause current pause; null for none
 * @param backfilled time up to which past times have got their jobs; null without a backfill
 */
public record ScheduleStatus(
        ScheduleSpecification specification,
        boolean isFromFile,
        String owner,
        ScheduleTimes times,
        @Nullable SchedulePause pause,
        @Nullable Instant backfilled) {

    /**
     * Times of a schedule.
     *
     * @param next next scheduled time, without its jitter; null if it has none, is paused, or waits for the end of a job
     * @param last latest time that got a job; null for none
     * @param lastJob job of that time, which may have been removed since; null for none
     * @param overlaps number of latest consecutive times that were skipped because an earlier job had not finished
     */
    public record ScheduleTimes(
            @Nullable Instant next,
            @Nullable Instant last,
            @Nullable JobId lastJob,
            int overlaps) {}

    /** Returns the schedule. */
    public String name() {
        return specification.name();
    }
}

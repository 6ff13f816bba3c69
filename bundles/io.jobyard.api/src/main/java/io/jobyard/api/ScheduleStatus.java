// SPDX-License-Identifier: Apache-2.0
package io.jobyard.api;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A schedule at one moment: a snapshot.
 *
 * @param isFromFile whether a file in {@code etc/} defines it; otherwise it was added at run time
 * @param owner submitter of its jobs
 * @param pause why it creates no jobs; null if it does
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
     * @param next its next time, without its jitter; null if it has none, is paused, or waits for the end of a job
     * @param last the latest time that got a job; null for none
     * @param lastJob that job, which may have been removed since; null for none
     * @param overlaps number of latest times that were skipped in a row because an earlier job had not ended
     */
    public record ScheduleTimes(
            @Nullable Instant next,
            @Nullable Instant last,
            @Nullable JobId lastJob,
            int overlaps) {}

    /** The schedule. */
    public String name() {
        return specification.name();
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.jobyard.api;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A schedule as it was at one moment: a snapshot.
 *
 * @param isFromFile whether a file in {@code etc/} says that; else it was added while a host ran
 * @param owner whose jobs it makes
 * @param pause why it makes no jobs; null if it does
 * @param backfilled up to when past times have got their jobs; null if none get any
 */
public record ScheduleStatus(
        ScheduleSpecification specification,
        boolean isFromFile,
        String owner,
        ScheduleTimes times,
        @Nullable SchedulePause pause,
        @Nullable Instant backfilled) {

    /**
     * Where a schedule is in its times.
     *
     * @param next its next time, without its jitter; null if it has none, is paused, or waits for the end of a job
     * @param last the latest time that it made a job for; null if there was none
     * @param lastJob that job, which may have been removed since; null if there was none
     * @param overlaps how many of its latest times were left out, one after the other, because an earlier job had not ended
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

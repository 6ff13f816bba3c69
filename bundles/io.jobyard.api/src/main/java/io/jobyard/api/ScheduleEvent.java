// SPDX-License-Identifier: Apache-2.0
package io.jobyard.api;

import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What became of times of a schedule.
 *
 * @param fire the time, or the latest of them
 * @param times how many times it is about
 * @param late how long after the time, and its jitter, it was seen to
 * @param job the job; null if there is none
 * @param why what is to be said beside that; may be empty
 */
public record ScheduleEvent(
        ScheduleOutcome kind,
        Fire fire,
        long times,
        Duration late,
        @Nullable JobId job,
        String why) {

    /** What may become of a time. */
    public enum ScheduleOutcome {
        /** There is a job for it. */
        FIRED,
        /** No host saw to it in time, and there is no job for it. */
        MISSED,
        /** There is no job for it because an earlier one had not ended. */
        SKIPPED,
        /** The owner may not have such a job, or not now. */
        REFUSED;

        /**
         * Its word.
         *
         * @return such as {@code fired}
         */
        public String text() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * When the time was by the schedule.
     *
     * @return the time without its jitter
     */
    public Instant at() {
        return fire.at();
    }
}

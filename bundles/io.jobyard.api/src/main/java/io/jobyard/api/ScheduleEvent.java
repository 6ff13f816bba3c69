// SPDX-License-Identifier: Apache-2.0
package io.jobyard.api;

import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Result of scheduled times.
 *
 * @param fire the scheduled time, or the latest of several
 * @param times number of times in this event
 * @param late delay after the scheduled time and its jitter
 * @param job job of the time; null for none
 * @param why further explanation; may be empty
 */
public record ScheduleEvent(
        ScheduleOutcome kind,
        Fire fire,
        long times,
        Duration late,
        @Nullable JobId job,
        String why) {

    /** Result of a scheduled time. */
    public enum ScheduleOutcome {
        /** A job was created. */
        FIRED,
        /** No host processed the time within the grace period, so it gets no job. */
        MISSED,
        /** The time gets no job, because an earlier job has not finished. */
        SKIPPED,
        /** The owner is not allowed to submit the job, or not now. */
        REFUSED;

        /** {@return the text form, for example {@code fired}} */
        public String text() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** {@return the scheduled time without its jitter} */
    public Instant at() {
        return fire.at();
    }
}

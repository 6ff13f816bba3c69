// SPDX-License-Identifier: Apache-2.0
package io.jobyard.api;

import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Result of scheduled times.
 *
 * @param fire the time, or the latest of them
 * @param times number of times in this event
 * @param late delay after the time and its jitter
 * @param job the job; null for none
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
        /** It has a job. */
        FIRED,
        /** No host processed it in time, and it has no job. */
        MISSED,
        /** It has no job, because an earlier one had not ended. */
        SKIPPED,
        /** The owner may not submit such a job, or not now. */
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

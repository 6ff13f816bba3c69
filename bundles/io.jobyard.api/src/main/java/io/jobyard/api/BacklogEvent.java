// SPDX-License-Identifier: Apache-2.0
package io.jobyard.api;

import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Begin or end of a backlog alert.
 *
 * @param kind begin or end of the alert
 * @param queue the observed queue; null for all queues together
 * @param measure the measured value
 * @param value the current value: jobs, or seconds
 * @param max the bound of the alert, in the same unit; 0 if it is no longer configured
 * @param at time of the observation
 */
public record BacklogEvent(
        BacklogChange kind, @Nullable String queue, Measure measure, long value, long max, Instant at) {

    /** Kind of event. */
    public enum BacklogChange {
        /** The value has exceeded the bound of the alert. */
        PASSED,
        /** The value has fallen to four fifths of the bound. */
        OVER;

        /** {@return the text form, for example {@code passed}} */
        public String text() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Measured value of a backlog alert. */
    public enum Measure {
        /** Number of ready jobs. */
        READY("backlog.alert.ready.max"),
        /** Seconds for which the oldest ready job has been ready. */
        OLDEST("backlog.alert.oldest.seconds");

        private final String key;

        Measure(String key) {
            this.key = key;
        }

        /** {@return the configuration key of the bound, for example {@code backlog.alert.ready.max}} */
        public String key() {
            return key;
        }

        /** {@return the text form, for example {@code ready}} */
        public String text() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}

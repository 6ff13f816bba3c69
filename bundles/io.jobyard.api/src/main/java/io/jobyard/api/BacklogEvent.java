// SPDX-License-Identifier: Apache-2.0
package io.jobyard.api;

import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * More waits than a backlog alert allows, or no longer so.
 *
 * @param kind which of the two
 * @param queue the queue that is guarded; null for all queues together
 * @param measure what is guarded
 * @param value what it is now: jobs, or seconds
 * @param max what the backlog alert allows, in the same unit; 0 if it is configured no more
 * @param at when it was seen
 */
public record BacklogEvent(
        BacklogChange kind, @Nullable String queue, Measure measure, long value, long max, Instant at) {

    /** What happened. */
    public enum BacklogChange {
        /** It is more than the backlog alert allows. */
        PASSED,
        /** It was more, and has gone down to four fifths of what the backlog alert allows. */
        OVER;

        /**
         * Its word.
         *
         * @return such as {@code passed}
         */
        public String text() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Measured value of a backlog alert. */
    public enum Measure {
        /** How many jobs are ready. */
        READY("backlog.alert.ready.max"),
        /** For how many seconds the oldest ready job has been ready. */
        OLDEST("backlog.alert.oldest.seconds");

        private final String key;

        Measure(String key) {
            this.key = key;
        }

        /**
         * The key that configures it.
         *
         * @return such as {@code backlog.alert.ready.max}
         */
        public String key() {
            return key;
        }

        /**
         * Its word.
         *
         * @return such as {@code ready}
         */
        public String text() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.jobyard.schedules;

import io.jobyard.api.ScheduleSpecification.Rhythm;
import java.time.LocalDateTime;
import java.util.Optional;

/** Times of a cron expression on a clock without changes. Immutable. */
interface LocalTimes {

    /** @throws IllegalArgumentException if the expression is invalid; the message contains the reason */
    static LocalTimes of(Rhythm.Cron cron) {
        return switch (cron.syntax()) {
            case UNIX -> UnixTimes.of(cron.expression());
            case QUARTZ -> QuartzTimes.of(cron.expression());
        };
    }

    /** Returns the first later time; empty if the times have ended. */
    Optional<LocalDateTime> next(LocalDateTime after);

    /** Returns whether the times are in every hour, or at an interval of hours. */
    boolean isAnyHour();

    /** Returns whether a field for hours means every hour or an interval of hours. */
    static boolean isAnyHour(String hours) {
        return hours.contains("*") || hours.contains("/");
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.jobyard.shell;

import io.jobyard.api.Job;
import io.jobyard.api.JobId;
import io.jobyard.api.JobStatus;
import io.jobyard.api.Reason;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Formats a job's values for a terminal. */
final class JobText {

    private static final Pattern ID =
            Pattern.compile("\\b\\p{XDigit}{8}(?:-\\p{XDigit}{4}){3}-\\p{XDigit}{4}(\\p{XDigit}{8})\\b");
    private static final DateTimeFormatter SHORT = DateTimeFormatter.ofPattern("MM-dd HH:mm:ss");

    private JobText() {}

    /** Returns the last characters of an id. The first characters contain the time and are equal for many jobs. */
    static String ending(JobId id) {
        return endings(id.toString());
    }

    /** Replaces each id in a text with its last characters. */
    static String endings(String text) {
        return ID.matcher(text).replaceAll("$1");
    }

    static String state(JobStatus status, @Nullable Reason reason) {
        return reason == null ? status.text() : status.text() + ": " + reason.text();
    }

    static String state(Job job) {
        return state(job.status(), job.state().reason());
    }

    /** Formats a time in the local time zone, to the second. */
    static @Nullable String time(@Nullable Instant instant) {
        return instant == null ? null : SHORT.format(instant.atZone(ZoneId.systemDefault()));
    }

    static @Nullable String optional(@Nullable Duration duration) {
        return duration == null ? null : duration(duration);
    }

    static String duration(Duration duration) {
        long millis = duration.toMillis();
        if (millis < 1_000) {
            return millis + " ms";
        }
        if (millis < 120_000) {
            return (millis % 1_000 == 0 ? millis / 1_000 + "" : millis / 100 / 10.0 + "") + " s";
        }
        long minutes = duration.toMinutes();
        return minutes < 120 ? minutes + " min" : duration.toHours() + " h " + duration.toMinutesPart() + " min";
    }
}

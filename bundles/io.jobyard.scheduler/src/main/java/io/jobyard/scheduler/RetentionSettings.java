// SPDX-License-Identifier: Apache-2.0
package io.jobyard.scheduler;

import io.jobyard.api.JobStatus;
import io.jobyard.settings.api.SettingsReader;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Checked values of {@code io.jobyard.retention}.
 *
 * @param archive directory as written, relative to the instance; null without an archive
 */
record RetentionSettings(
        int completedDays,
        int failedDays,
        int auditDays,
        int usageDays,
        int feedHours,
        int feedMaxMb,
        @Nullable Path archive) {

    static final String PID = "io.jobyard.retention";
    static final int COMPLETED_DAYS = 7;
    static final int FAILED_DAYS = 30;
    static final int AUDIT_DAYS = 400;
    static final int USAGE_DAYS = 400;
    static final int FEED_HOURS = 48;
    static final int FEED_MAX_MB = 500;

    static RetentionSettings read(SettingsReader reader) {
        String archive =
                reader.value("archive.directory", "", text -> Path.of(text).toString());
        return new RetentionSettings(
                reader.integer("completed.days", COMPLETED_DAYS, 0, 3_650),
                reader.integer("failed.days", FAILED_DAYS, 0, 3_650),
                reader.integer("audit.days", AUDIT_DAYS, 0, 3_650),
                reader.integer("usage.days", USAGE_DAYS, 0, 3_650),
                reader.integer("feed.hours", FEED_HOURS, 1, 8_760),
                reader.integer("feed.max.mb", FEED_MAX_MB, 1, 100_000),
                archive.isEmpty() ? null : Path.of(archive));
    }

    /** Returns the retention in days of jobs with this status; 0 for forever. */
    int days(JobStatus end) {
        return end == JobStatus.COMPLETED ? completedDays : failedDays;
    }

    Duration feedKept() {
        return Duration.ofHours(feedHours);
    }

    long feedMaxBytes() {
        return feedMaxMb * 1_000_000L;
    }

    @Override
    public String toString() {
        return "completed.days = " + completedDays + ", failed.days = " + failedDays + ", audit.days = " + auditDays
                + ", usage.days = " + usageDays + ", feed.hours = " + feedHours + ", feed.max.mb = " + feedMaxMb
                + ", archive.directory = " + (archive == null ? "none" : archive);
    }
}

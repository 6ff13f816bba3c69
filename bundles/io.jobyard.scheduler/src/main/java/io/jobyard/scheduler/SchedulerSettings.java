// SPDX-License-Identifier: Apache-2.0
package io.jobyard.scheduler;

import io.jobyard.settings.api.SettingsReader;
import io.jobyard.spi.SizeLimits;
import java.time.Duration;

/** Checked values of {@code io.jobyard.scheduler}. */
public record SchedulerSettings(
        int defaultTimeoutSeconds,
        int defaultMaxRetries,
        int progressRetries,
        int pollIntervalSeconds,
        int retryBaseSeconds,
        int retryMaxSeconds,
        int handlerGraceSeconds,
        SubmissionSizes sizes) {

    public record SubmissionSizes(int maxPayloadBytes, int maxResultBytes, int maxBatchJobs, int maxBatchBytes)
            implements SizeLimits {

        @Override
        public String toString() {
            return "max.payload.bytes = " + maxPayloadBytes
                    + ", max.result.bytes = " + maxResultBytes
                    + ", max.batch.jobs = " + maxBatchJobs
                    + ", max.batch.bytes = " + maxBatchBytes;
        }
    }

    public static final String PID = "io.jobyard.scheduler";
    static final int TIMEOUT_SECONDS = 60;
    static final int MAX_RETRIES = 3;
    static final int PROGRESS_RETRIES = 100;
    static final int POLL_SECONDS = 5;
    static final int RETRY_BASE_SECONDS = 2;
    static final int RETRY_MAX_SECONDS = 600;
    static final int HANDLER_GRACE_SECONDS = 86_400;
    static final int MAX_JSON_BYTES = 1_048_576;
    static final int MAX_BATCH_JOBS = 10_000;
    static final int MAX_BATCH_BYTES = 16_777_216;

    public static SchedulerSettings read(SettingsReader reader) {
        return new SchedulerSettings(
                reader.integer("default.timeout.seconds", TIMEOUT_SECONDS, 1, 3_600),
                reader.integer("default.max.retries", MAX_RETRIES, 0, 10),
                reader.integer("progress.retries", PROGRESS_RETRIES, 0, 10_000),
                reader.integer("poll.interval.seconds", POLL_SECONDS, 1, 60),
                reader.integer("retry.base.seconds", RETRY_BASE_SECONDS, 1, 3_600),
                reader.integer("retry.max.seconds", RETRY_MAX_SECONDS, 1, 86_400),
                reader.integer("handler.grace.seconds", HANDLER_GRACE_SECONDS, 0, 31_536_000),
                new SubmissionSizes(
                        reader.integer("max.payload.bytes", MAX_JSON_BYTES, 1_024, 67_108_864),
                        reader.integer("max.result.bytes", MAX_JSON_BYTES, 1_024, 67_108_864),
                        reader.integer("max.batch.jobs", MAX_BATCH_JOBS, 1, 1_000_000),
                        reader.integer("max.batch.bytes", MAX_BATCH_BYTES, 1_024, 1_073_741_824)));
    }

    Duration defaultTimeout() {
        return Duration.ofSeconds(defaultTimeoutSeconds);
    }

    Duration pollInterval() {
        return Duration.ofSeconds(pollIntervalSeconds);
    }

    @Override
    public String toString() {
        return "default.timeout.seconds = " + defaultTimeoutSeconds + ", default.max.retries = " + defaultMaxRetries
                + ", progress.retries = " + progressRetries
                + ", poll.interval.seconds = " + pollIntervalSeconds + ", retry.base.seconds = " + retryBaseSeconds
                + ", retry.max.seconds = " + retryMaxSeconds + ", handler.grace.seconds = " + handlerGraceSeconds
                + ", " + sizes;
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.jobyard.api;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Result of a job.
 *
 * @param status status of the job; only a completed job has a result
 * @param result result of the handler, a JSON object; null unless completed
 * @param error error of the latest run that did not complete; null for none
 * @param startedAt time at which the handler began in the latest run; null before the first run
 * @param completedAt time at which the job finished; null if it has not finished
 * @param executionTime time from the begin of the handler to the outcome, of the latest finished run; null before the first finished run
 */
public record JobResult(
        JobId id,
        JobStatus status,
        @Nullable Map<String, Object> result,
        @Nullable String error,
        @Nullable Instant startedAt,
        @Nullable Instant completedAt,
        @Nullable Duration executionTime) {

    /**
     * Returns a copy with another result.
     *
     * @param other new result; null for none
     */
    public JobResult withResult(@Nullable Map<String, Object> other) {
        return new JobResult(id, status, other, error, startedAt, completedAt, executionTime);
    }
}

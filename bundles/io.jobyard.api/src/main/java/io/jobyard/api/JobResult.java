// SPDX-License-Identifier: Apache-2.0
package io.jobyard.api;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Result of a job.
 *
 * @param status its status; only a completed one has a result
 * @param result the handler's result, a JSON object; null unless completed
 * @param error the error of the latest run that did not complete; null without one
 * @param startedAt the handler's first line in the latest run; null before the first
 * @param completedAt when the job ended; null before
 * @param executionTime from the handler's first line to the outcome, of the latest finished run; null before
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
     * @param other the new value; null for none
     */
    public JobResult withResult(@Nullable Map<String, Object> other) {
        return new JobResult(id, status, other, error, startedAt, completedAt, executionTime);
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.jobyard.api;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a job came to.
 *
 * @param status its status; only a completed one has a result
 * @param result what the handler returned, a JSON object; null unless completed
 * @param error what went wrong in the latest run that did not complete; null if nothing did
 * @param startedAt the handler's first line in the latest run; null before the first
 * @param completedAt when the job ended; null while it has not
 * @param executionTime from the handler's first line to the outcome, of the latest run that ended; null before
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
     * The same with another result.
     *
     * @param other what is told in its place; null for nothing
     */
    public JobResult withResult(@Nullable Map<String, Object> other) {
        return new JobResult(id, status, other, error, startedAt, completedAt, executionTime);
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.jobyard.api;

import org.jspecify.annotations.Nullable;

/**
 * Which jobs to list. What is null does not narrow.
 *
 * @param status the status
 * @param type the type
 * @param queue the queue
 * @param submitter the submitter
 * @param limit how many at most, 1 to 10,000
 */
public record JobQuery(
        @Nullable JobStatus status,
        @Nullable String type,
        @Nullable String queue,
        @Nullable String submitter,
        int limit) {

    /** The largest limit. */
    public static final int MAX_LIMIT = 10_000;

    /**
     * Checks the limit.
     *
     * @param status the status
     * @param type the type
     * @param queue the queue
     * @param submitter the submitter
     * @param limit how many at most, 1 to 10,000
     * @throws ValidationException if the limit is out of range
     */
    public JobQuery {
        if (limit < 1 || limit > MAX_LIMIT) {
            throw new ValidationException("limit = " + limit + " is out of range; use 1 to " + MAX_LIMIT);
        }
    }

    /**
     * The youngest jobs of all.
     *
     * @param limit how many at most, 1 to 10,000
     * @return the query
     */
    public static JobQuery all(int limit) {
        return new JobQuery(null, null, null, null, limit);
    }
}

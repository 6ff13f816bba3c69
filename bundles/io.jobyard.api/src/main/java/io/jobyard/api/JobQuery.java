// SPDX-License-Identifier: Apache-2.0
package io.jobyard.api;

import org.jspecify.annotations.Nullable;

/**
 * Which page of a list of jobs.
 *
 * @param order which come first
 * @param after only jobs that follow this one in the list: what the page before says as its {@link JobPage#next}
 * @param limit how many at most, 1 to 10,000
 */
public record JobQuery(
        JobFilter filter, JobOrder order, @Nullable JobId after, int limit) {

    /** Order of a list. Jobs of the same millisecond are ordered by id. */
    public enum JobOrder {
        /** Those that were made last come first. */
        YOUNGEST_FIRST,
        /** Those that were made first come first. */
        OLDEST_FIRST
    }

    /** The largest limit. */
    public static final int MAX_LIMIT = 10_000;

    /** @throws ValidationException if the limit is out of range */
    public JobQuery {
        if (limit < 1 || limit > MAX_LIMIT) {
            throw new ValidationException("limit", "limit = " + limit + " is out of range; use 1 to " + MAX_LIMIT);
        }
    }

    /**
     * The first page of the jobs that are meant, the youngest first.
     *
     * @param limit how many at most, 1 to 10,000
     */
    public static JobQuery of(JobFilter filter, int limit) {
        return new JobQuery(filter, JobOrder.YOUNGEST_FIRST, null, limit);
    }

    /**
     * The youngest jobs of all.
     *
     * @param limit how many at most, 1 to 10,000
     */
    public static JobQuery all(int limit) {
        return of(JobFilter.ALL, limit);
    }

    /**
     * The next page.
     *
     * @param value only jobs that follow this one in the list
     */
    public JobQuery withAfter(JobId value) {
        return new JobQuery(filter, order, value, limit);
    }

    /**
     * In another order.
     *
     * @param value which come first
     */
    public JobQuery withOrder(JobOrder value) {
        return new JobQuery(filter, value, after, limit);
    }

    /** For other jobs. */
    public JobQuery withFilter(JobFilter value) {
        return new JobQuery(value, order, after, limit);
    }
}

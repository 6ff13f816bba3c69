// SPDX-License-Identifier: Apache-2.0
package io.jobyard.api;

import org.jspecify.annotations.Nullable;

/**
 * Query for a page of a list of jobs.
 *
 * @param order sort order of the jobs
 * @param after cursor: {@link JobPage#next} of the previous page; null for the first page
 * @param limit maximum number of jobs, 1 to 10,000
 */
public record JobQuery(
        JobFilter filter, JobOrder order, @Nullable JobId after, int limit) {

    /** Order of a list. Jobs of the same millisecond are ordered by id. */
    public enum JobOrder {
        /** Latest creation time first. */
        YOUNGEST_FIRST,
        /** Earliest creation time first. */
        OLDEST_FIRST
    }

    /** Maximum limit. */
    public static final int MAX_LIMIT = 10_000;

    /** @throws ValidationException if the limit is out of range */
    public JobQuery {
        if (limit < 1 || limit > MAX_LIMIT) {
            throw new ValidationException("limit", "limit = " + limit + " is out of range; use 1 to " + MAX_LIMIT);
        }
    }

    /**
     * Returns a query for the first page of the matching jobs, youngest first.
     *
     * @param limit maximum number of jobs, 1 to 10,000
     */
    public static JobQuery of(JobFilter filter, int limit) {
        return new JobQuery(filter, JobOrder.YOUNGEST_FIRST, null, limit);
    }

    /**
     * Returns a query for the first page of all jobs, the youngest first.
     *
     * @param limit maximum number of jobs, 1 to 10,000
     */
    public static JobQuery all(int limit) {
        return of(JobFilter.ALL, limit);
    }

    /**
     * Returns a copy for the next page.
     *
     * @param value cursor: {@link JobPage#next} of the previous page
     */
    public JobQuery withAfter(JobId value) {
        return new JobQuery(filter, order, value, limit);
    }

    /**
     * Returns a copy with another order.
     *
     * @param value sort order of the jobs
     */
    public JobQuery withOrder(JobOrder value) {
        return new JobQuery(filter, value, after, limit);
    }

    /** Returns a copy with another filter. */
    public JobQuery withFilter(JobFilter value) {
        return new JobQuery(value, order, after, limit);
    }
}

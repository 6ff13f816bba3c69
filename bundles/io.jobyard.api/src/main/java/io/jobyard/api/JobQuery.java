// SPDX-License-Identifier: Apache-2.0
package io.jobyard.api;

import org.jspecify.annotations.Nullable;

/**
 * Which page of a list of jobs. The youngest come first.
 *
 * @param filter which jobs
 * @param after only jobs that follow this one in the list: what the page before says as its {@link JobPage#next}
 * @param limit how many at most, 1 to 10,000
 */
public record JobQuery(JobFilter filter, @Nullable JobId after, int limit) {

    /** The largest limit. */
    public static final int MAX_LIMIT = 10_000;

    /**
     * Checks the values.
     *
     * @param filter which jobs
     * @param after only jobs that follow this one in the list: what the page before says as its {@link JobPage#next}
     * @param limit how many at most, 1 to 10,000
     * @throws ValidationException if the limit is out of range
     */
    public JobQuery {
        if (limit < 1 || limit > MAX_LIMIT) {
            throw new ValidationException("limit = " + limit + " is out of range; use 1 to " + MAX_LIMIT);
        }
    }

    /**
     * The first page of the jobs that are meant.
     *
     * @param filter which jobs
     * @param limit how many at most, 1 to 10,000
     * @return the query
     */
    public static JobQuery of(JobFilter filter, int limit) {
        return new JobQuery(filter, null, limit);
    }

    /**
     * The youngest jobs of all.
     *
     * @param limit how many at most, 1 to 10,000
     * @return the query
     */
    public static JobQuery all(int limit) {
        return of(JobFilter.ALL, limit);
    }

    /**
     * The next page.
     *
     * @param value only jobs that follow this one in the list
     * @return another query
     */
    public JobQuery withAfter(JobId value) {
        return new JobQuery(filter, value, limit);
    }
}

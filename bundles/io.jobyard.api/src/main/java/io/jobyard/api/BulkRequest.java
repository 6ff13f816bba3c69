// SPDX-License-Identifier: Apache-2.0
package io.jobyard.api;

import org.jspecify.annotations.Nullable;

/**
 * Request for an operation on all jobs that a filter matches.
 *
 * @param filter selects jobs that exist at the time of the request
 * @param change new values; null unless the action is {@link BulkAction#CHANGE}
 */
public record BulkRequest(
        BulkAction action, JobFilter filter, @Nullable JobChange change) {

    /** @throws ValidationException if the filter matches all jobs, or a change is missing */
    public BulkRequest {
        if (filter.equals(JobFilter.ALL)) {
            throw new ValidationException(
                    "filter", "a bulk operation requires a filter: set a status, a type, a label or a time");
        }
        if (action == BulkAction.CHANGE && (change == null || change.isEmpty())) {
            throw new ValidationException(
                    "change", "nothing to change: set a priority, queue, label, notBefore, timeout or limits");
        }
    }
}

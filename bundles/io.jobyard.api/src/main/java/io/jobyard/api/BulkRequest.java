// SPDX-License-Identifier: Apache-2.0
package io.jobyard.api;

import org.jspecify.annotations.Nullable;

/**
 * What is to be done to all jobs that a filter means.
 *
 * @param filter to which jobs, of those that there are when it is asked
 * @param change what is to be different about them; null unless the action is {@link BulkAction#CHANGE}
 */
public record BulkRequest(
        BulkAction action, JobFilter filter, @Nullable JobChange change) {

    /** @throws ValidationException if the filter means all jobs, or there is nothing to change */
    public BulkRequest {
        if (filter.equals(JobFilter.ALL)) {
            throw new ValidationException(
                    "filter", "what is done to many needs a filter: name a status, a type, a label or a time");
        }
        if (action == BulkAction.CHANGE && (change == null || change.isEmpty())) {
            throw new ValidationException(
                    "change", "nothing to change: give a priority, queue, label, notBefore, timeout or limits");
        }
    }
}

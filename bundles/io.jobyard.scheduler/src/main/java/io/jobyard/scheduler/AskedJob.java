// SPDX-License-Identifier: Apache-2.0
package io.jobyard.scheduler;

import io.jobyard.api.JobId;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One job of a call.
 *
 * @param position in the call
 * @param isDuplicate whether it is an earlier job, which holds its key
 * @param takenFrom the finished job that releases its key to this one; null if there is no such job
 */
record AskedJob(
        int position,
        CheckedSpecification asked,
        JobId id,
        boolean isDuplicate,
        @Nullable JobId takenFrom,
        Set<JobId> dependencies) {

    AskedJob dependingOn(Set<JobId> parents) {
        return new AskedJob(position, asked, id, isDuplicate, takenFrom, parents);
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.jobyard.scheduler;

import io.jobyard.api.JobId;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Job of a call.
 *
 * @param position index of the job in the call
 * @param isDuplicate whether the answer is an earlier job that holds the key
 * @param takenFrom finished job that releases its key to this job; null for none
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

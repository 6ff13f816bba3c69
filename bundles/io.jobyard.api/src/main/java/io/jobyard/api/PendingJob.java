// SPDX-License-Identifier: Apache-2.0
package io.jobyard.api;

import java.util.List;

/**
 * Ready job and its position.
 *
 * @param position 1 for the next job, counted over the jobs of all submitters
 * @param blockedBy blockers of the first job in its lane; empty if the lane is open
 */
public record PendingJob(int position, Job job, List<Blocker> blockedBy) {

    /** Maximum number of jobs per call. */
    public static final int MOST = 1_000;

    public PendingJob {
        blockedBy = List.copyOf(blockedBy);
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.jobyard.api;

import java.util.List;

/**
 * A ready job and its turn.
 *
 * @param position 1 for the job that is next in order, counted over the jobs of all submitters
 * @param blockedBy what holds the first job of its lane now; empty if nothing does
 */
public record PendingJob(int position, Job job, List<Blocker> blockedBy) {

    /** Largest number per call. */
    public static final int MOST = 1_000;

    public PendingJob {
        blockedBy = List.copyOf(blockedBy);
    }
}

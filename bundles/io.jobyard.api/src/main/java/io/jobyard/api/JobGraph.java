// SPDX-License-Identifier: Apache-2.0
package io.jobyard.api;

import java.util.List;

/**
 * Jobs around one job: its direct and indirect dependencies and dependents, if they are stored and the caller may see them. Snapshot.
 *
 * <p>If
 * a dependent has started after the job completed, the graph of the job no longer contains the dependent, but the graph of the dependent
 * contains the job.
 *
 * @param jobs the job itself first, then the nearest ones
 * @param notShown number of neighbors that are omitted, because there are too many, they were removed, or the caller may not see them
 */
public record JobGraph(List<GraphJob> jobs, int notShown) {

    /** Maximum number of jobs on each side. */
    public static final int MOST = 200;

    public JobGraph {
        jobs = List.copyOf(jobs);
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.jobyard.api;

import java.util.List;

/**
 * Jobs around one job: its direct and indirect dependencies and dependents, as far as they are stored and the caller may see them. A
 * snapshot.
 *
 * <p>Dependents of a completed job that have continued meanwhile are not found from that job; the opposite direction works.
 *
 * @param jobs the job itself first, then the nearest ones
 * @param notShown number of neighbors that are omitted, because there are too many, they were removed, or the caller may not see them
 */
public record JobGraph(List<GraphJob> jobs, int notShown) {

    /** Largest number of jobs on each side. */
    public static final int MOST = 200;

    public JobGraph {
        jobs = List.copyOf(jobs);
    }
}

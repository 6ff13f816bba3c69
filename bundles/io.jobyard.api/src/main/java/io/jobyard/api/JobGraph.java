// SPDX-License-Identifier: Apache-2.0
package io.jobyard.api;

import java.util.List;

/**
 * The jobs around one job: those that it was told to wait for and those that wait for it, with theirs in turn, as far as they are
 * stored and the caller may see them. A snapshot.
 *
 * <p>Of the jobs that were told to wait for one that has completed, those that went on meanwhile are not found from it; from them, it
 * is.
 *
 * @param jobs the job itself first, then the nearest ones
 * @param notShown how many neighbours of these are left out, because there are too many, or they were removed, or the caller may not
 *     see them
 */
public record JobGraph(List<GraphJob> jobs, int notShown) {

    /** How many jobs there are at most on each side. */
    public static final int MOST = 200;

    public JobGraph {
        jobs = List.copyOf(jobs);
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.jobyard.api;

import java.util.List;

/**
 * A job of a {@link JobGraph}.
 *
 * @param distance number of steps: negative for jobs that the job in the middle depends on, positive for jobs that depend on it
 * @param waitsFor its dependencies in the graph
 */
public record GraphJob(Job job, int distance, List<JobId> waitsFor) {

    public GraphJob {
        waitsFor = List.copyOf(waitsFor);
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.jobyard.api;

import java.util.List;

/**
 * Job of a {@link JobGraph}.
 *
 * @param distance number of steps from the central job: negative for jobs that it depends on, positive for jobs that depend on it
 * @param waitsFor dependencies of the job in the graph
 */
public record GraphJob(Job job, int distance, List<JobId> waitsFor) {

    public GraphJob {
        waitsFor = List.copyOf(waitsFor);
    }
}

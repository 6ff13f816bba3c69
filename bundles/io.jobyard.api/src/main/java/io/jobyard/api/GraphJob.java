// SPDX-License-Identifier: Apache-2.0
package io.jobyard.api;

import java.util.List;

/**
 * A job of a {@link JobGraph}.
 *
 * @param distance how many steps it is away: negative for what the job in the middle waits for, positive for what waits for that one
 * @param waitsFor those jobs of the graph that it was told to wait for
 */
public record GraphJob(Job job, int distance, List<JobId> waitsFor) {

    public GraphJob {
        waitsFor = List.copyOf(waitsFor);
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.jobyard.spi.jobs;

import io.jobyard.api.JobStatus;
import java.util.List;

/**
 * Number of jobs with the same limits that have started at least once, have not ended, and are not running.
 *
 * @param limits requested limits, as in {@link LaneKey}
 */
public record StartedCount(List<String> limits, long jobs) {

    public StartedCount {
        limits = List.copyOf(limits);
    }

    /** Returns whether a job has started at least once, has not ended, and is not running. */
    public static boolean counts(JobSummary job) {
        return job.run() > 0 && !job.status().isFinished() && job.status() != JobStatus.RUNNING;
    }
}

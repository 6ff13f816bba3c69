// SPDX-License-Identifier: Apache-2.0
package io.jobyard.status;

import io.jobyard.spi.jobs.JobSummary;
import org.jspecify.annotations.Nullable;

/** Requested or actual queue of jobs, or null, and their type. Both determine the route of the jobs. */
record QueueAndType(@Nullable String queue, String type) {

    static QueueAndType of(JobSummary job) {
        return new QueueAndType(job.queue(), job.lane().type());
    }
}

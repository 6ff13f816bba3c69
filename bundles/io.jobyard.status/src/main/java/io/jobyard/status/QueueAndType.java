// SPDX-License-Identifier: Apache-2.0
package io.jobyard.status;

import io.jobyard.spi.jobs.JobSummary;
import org.jspecify.annotations.Nullable;

/** The queue that jobs ran in or asked for, or none, and their type: both decide where jobs are routed. */
record QueueAndType(@Nullable String queue, String type) {

    static QueueAndType of(JobSummary job) {
        return new QueueAndType(job.queue(), job.lane().type());
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.jobyard.status;

import io.jobyard.api.Job;
import io.jobyard.api.spi.TallyKey;
import org.jspecify.annotations.Nullable;

/** The queue that jobs ran in or asked for, or none, and their type: both decide where jobs are routed. */
record QueueAndType(@Nullable String queue, String type) {

    static QueueAndType of(Job job) {
        return new QueueAndType(TallyKey.queue(job), job.type());
    }
}

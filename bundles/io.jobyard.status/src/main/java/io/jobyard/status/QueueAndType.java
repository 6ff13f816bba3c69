// SPDX-License-Identifier: Apache-2.0
package io.jobyard.status;

import io.jobyard.api.Job;
import io.jobyard.api.spi.TallyKey;
import org.jspecify.annotations.Nullable;

/** What tells the queue of jobs: the one they ran in or asked for, or none, and their type. */
record QueueAndType(@Nullable String queue, String type) {

    static QueueAndType of(Job job) {
        return new QueueAndType(TallyKey.queue(job), job.type());
    }
}

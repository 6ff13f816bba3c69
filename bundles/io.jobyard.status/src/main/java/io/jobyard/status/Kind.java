// SPDX-License-Identifier: Apache-2.0
package io.jobyard.status;

import io.jobyard.api.Job;
import org.jspecify.annotations.Nullable;

/** What tells the queue of jobs: the one they asked for, or none, and their type. */
record Kind(@Nullable String queue, String type) {

    static Kind of(Job job) {
        return new Kind(job.terms().queue(), job.type());
    }
}

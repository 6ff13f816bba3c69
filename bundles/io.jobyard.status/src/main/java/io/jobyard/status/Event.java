// SPDX-License-Identifier: Apache-2.0
package io.jobyard.status;

import io.jobyard.api.JobStatus;

/** What is counted of jobs as it happens. */
enum Event {
    SUBMITTED,
    STARTED,
    COMPLETED,
    FAILED,
    CANCELLED;

    static Event of(JobStatus end) {
        return valueOf(end.name());
    }
}

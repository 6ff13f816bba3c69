// SPDX-License-Identifier: Apache-2.0
package io.jobyard.status;

import io.jobyard.api.JobStatus;

enum CountedEvent {
    SUBMITTED,
    STARTED,
    COMPLETED,
    FAILED,
    CANCELLED;

    static CountedEvent of(JobStatus end) {
        return valueOf(end.name());
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.jobyard.benchmarks.load;

import io.jobyard.api.JobStatus;
import io.jobyard.api.StatusReporter;
import java.util.concurrent.TimeUnit;

/** How many jobs the host has completed, by its own statistics, which follow the commits. */
final class Progress {

    private static final long LOOK_MILLIS = 2;

    private final StatusReporter status;

    Progress(StatusReporter status) {
        this.status = status;
    }

    long completed() {
        return status.statistics().byStatus().getOrDefault(JobStatus.COMPLETED, 0L);
    }

    /** Waits until so many are completed; how many there are then. */
    long await(long completed) throws InterruptedException {
        while (completed() < completed) {
            TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
        }
        return completed();
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.jobyard.benchmarks.load;

import io.jobyard.api.JobStatus;
import io.jobyard.api.StatusReporter;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/** How many jobs the host has brought to an end, by its own statistics, which follow the commits. */
final class FinishedCount {

    private static final long LOOK_MILLIS = 2;

    private final StatusReporter status;

    FinishedCount(StatusReporter status) {
        this.status = status;
    }

    long completed() {
        return in(JobStatus.COMPLETED);
    }

    /** Failed or cancelled. */
    long endedBadly() {
        return in(JobStatus.FAILED) + in(JobStatus.CANCELLED);
    }

    private long in(JobStatus state) {
        return status.statistics().byStatus().getOrDefault(state, 0L);
    }

    /** Waits until so many are completed; how many there are then. */
    long await(long completed) throws InterruptedException {
        return await(this::completed, completed);
    }

    /** Waits until so many are failed or cancelled; how many there are then. */
    long awaitBad(long ended) throws InterruptedException {
        return await(this::endedBadly, ended);
    }

    private static long await(LongSupplier count, long wanted) throws InterruptedException {
        while (count.getAsLong() < wanted) {
            TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
        }
        return count.getAsLong();
    }
}

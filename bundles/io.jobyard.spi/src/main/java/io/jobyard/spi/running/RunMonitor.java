// SPDX-License-Identifier: Apache-2.0
package io.jobyard.spi.running;

import io.jobyard.api.JobId;
import io.jobyard.spi.jobs.LiveRun;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/** Current runs of this host's workers. */
@ProviderType
public interface RunMonitor {

    /** Returns the run of a job; empty if the job does not run here. */
    Optional<LiveRun> run(JobId id);

    /**
     * Use of worker threads.
     *
     * @param size largest number of simultaneous runs: {@code worker.threads}
     * @param busy number of runs with a thread; more than {@code size} for a while after the number was lowered
     * @param stuck number of threads that have not returned from an abandoned run
     * @param stopping whether they start no more runs, because the host stops
     */
    record Workers(int size, int busy, int stuck, boolean stopping) {}

    /** Returns the current use of threads; zeros for a monitor without threads. */
    default Workers workers() {
        return new Workers(0, 0, 0, false);
    }
}

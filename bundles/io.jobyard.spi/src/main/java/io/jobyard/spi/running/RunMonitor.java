// SPDX-License-Identifier: Apache-2.0
package io.jobyard.spi.running;

import io.jobyard.api.JobId;
import io.jobyard.spi.jobs.LiveRun;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/** Queries of the current runs of this host's workers. */
@ProviderType
public interface RunMonitor {

    /** Returns the run of a job; empty if the job does not run here. */
    Optional<LiveRun> run(JobId id);

    /**
     * Usage of the worker threads.
     *
     * @param size maximum number of simultaneous runs: {@code worker.threads}
     * @param busy number of runs with a thread; it may exceed {@code size} for a while after a reduction
     * @param stuck number of threads that have not returned from an abandoned run
     * @param stopping whether the workers start no more runs, because the host stops
     */
    record Workers(int size, int busy, int stuck, boolean stopping) {}

    /** Returns the current usage of threads; zeros if the monitor has none. */
    default Workers workers() {
        return new Workers(0, 0, 0, false);
    }
}

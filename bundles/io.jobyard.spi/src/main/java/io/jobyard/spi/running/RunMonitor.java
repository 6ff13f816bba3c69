// SPDX-License-Identifier: Apache-2.0
package io.jobyard.spi.running;

import io.jobyard.api.JobId;
import io.jobyard.spi.jobs.LiveRun;
import io.jobyard.spi.jobs.Slots;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/** Queries of the current runs of this host's workers. */
@ProviderType
public interface RunMonitor {

    /** Returns the run of a job; empty if the job does not run here. */
    Optional<LiveRun> run(JobId id);

    /**
     * Usage of the slots of this host.
     *
     * @param size maximum number of simultaneous runs: {@code worker.threads} and {@code async.jobs}
     * @param busy number of runs; it may exceed {@code size} for a while after a reduction
     * @param asyncBytes size of the payloads and results of asynchronous runs, from their claim until their outcome is stored
     * @param stuck number of threads that have not returned from an abandoned run
     * @param lateResults number of results that arrived after the outcome of their run was decided, for example after its timeout. They
     *     changed nothing
     * @param stopping whether the workers start no more runs, because the host stops
     */
    record Workers(Slots size, Slots busy, long asyncBytes, int stuck, long lateResults, boolean stopping) {}

    /** Returns the current usage of slots; zeros if the monitor has none. */
    default Workers workers() {
        return new Workers(Slots.NONE, Slots.NONE, 0, 0, 0, false);
    }
}

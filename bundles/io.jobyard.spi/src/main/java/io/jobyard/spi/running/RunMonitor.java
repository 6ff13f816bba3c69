// SPDX-License-Identifier: Apache-2.0
package io.jobyard.spi.running;

import io.jobyard.api.JobId;
import io.jobyard.spi.jobs.LiveRun;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/** Current runs of this host's workers. */
@ProviderType
public interface RunMonitor {

    /**
     * The run of a job.
     *
     * @return the run; empty if the job does not run here
     */
    Optional<LiveRun> run(JobId id);

    /**
     * The worker threads.
     *
     * @param size how many jobs may run at once: {@code worker.threads}
     * @param busy how many runs have a thread; more than {@code size} for a while after the number was lowered
     * @param stuck how many threads have not come back from a run that was given up
     * @param stopping whether they start nothing any more, because the host stops
     */
    record Workers(int size, int busy, int stuck, boolean stopping) {}

    /**
     * How the threads are used now.
     *
     * @return a snapshot; of a monitor that has none, zeros
     */
    default Workers workers() {
        return new Workers(0, 0, 0, false);
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.jobyard.worker;

import io.jobyard.spi.SizeLimits;
import io.jobyard.spi.queue.RunLimits;
import io.jobyard.spi.running.JobScheduler;

/**
 * What all runs need of the host.
 *
 * @param stores keeps steps and waits, and has the results of other jobs
 * @param scheduler takes the jobs that runs submit
 * @param queue hears when runs begin and what they use
 * @param outputs keeps what they write to logs, use and emit
 * @param time the host's or a test's
 */
record RunServices(WorkerStores stores, JobScheduler scheduler, RunLimits queue, RunOutputs outputs, WorkerTime time) {

    SizeLimits limits() {
        return stores.limits();
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.jobyard.worker;

import io.jobyard.spi.SizeLimits;
import io.jobyard.spi.queue.RunLimits;
import io.jobyard.spi.running.JobScheduler;

/**
 * Services that all runs need from the host.
 *
 * @param stores keeps steps and waits, and has the results of other jobs
 * @param scheduler accepts jobs that runs submit
 * @param queue is notified when runs begin, and of their use
 * @param outputs stores what they log, use and emit
 * @param time of the host or of a test
 */
record RunServices(WorkerStores stores, JobScheduler scheduler, RunLimits queue, RunOutputs outputs, WorkerTime time) {

    SizeLimits limits() {
        return stores.limits();
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.jobyard.worker;

import io.jobyard.spi.SizeLimits;
import io.jobyard.spi.queue.RunLimits;
import io.jobyard.spi.running.JobScheduler;

/**
 * Services of the host that all runs need.
 *
 * @param stores stores steps and waits, and reads the results of other jobs
 * @param scheduler accepts jobs that runs submit
 * @param queue receives the begins and the usage of runs
 * @param outputs stores log lines, usage and streams
 * @param time time of the host or of a test
 * @param stages threads that complete the stages of asynchronous steps
 */
record RunServices(
        WorkerStores stores,
        JobScheduler scheduler,
        RunLimits queue,
        RunOutputs outputs,
        WorkerTime time,
        AsyncThreads stages) {

    SizeLimits limits() {
        return stores.limits();
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.jobyard.worker;

import io.jobyard.spi.SizeLimits;
import io.jobyard.spi.cluster.HostNotices;
import io.jobyard.spi.cluster.HostStore;
import io.jobyard.spi.reads.JobReads;
import io.jobyard.spi.steps.WorkStore;
import io.jobyard.spi.store.JobStore;
import io.jobyard.spi.usage.UsageStore;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * Services of the store, by purpose.
 *
 * @param jobs stores the handlers' log lines, and reads the runs that other hosts started here
 * @param reads reads the results of dependencies
 * @param hosts publishes this host's offer to other hosts
 * @param notices publishes the progress of runs
 * @param usage stores the usage of runs
 * @param work stores steps, waits and streams
 * @param limits limits of the size of payloads and results
 */
@Component(service = WorkerStores.class)
public record WorkerStores(
        JobStore jobs,
        JobReads reads,
        HostStore hosts,
        HostNotices notices,
        UsageStore usage,
        WorkStore work,
        SizeLimits limits) {

    @Activate
    public WorkerStores(
            @Reference JobStore jobs,
            @Reference JobReads reads,
            @Reference HostStore hosts,
            @Reference HostNotices notices,
            @Reference UsageStore usage,
            @Reference WorkStore work,
            @Reference SizeLimits limits) {
        this.jobs = jobs;
        this.reads = reads;
        this.hosts = hosts;
        this.notices = notices;
        this.usage = usage;
        this.work = work;
        this.limits = limits;
    }
}

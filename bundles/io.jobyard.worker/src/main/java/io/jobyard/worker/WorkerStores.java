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
 * The store, by purpose.
 *
 * @param jobs takes the handlers' log lines, and has the runs that other hosts started here
 * @param reads has the results of dependencies
 * @param hosts publishes this host to others
 * @param notices publishes the progress of runs
 * @param usage keeps what its runs use
 * @param work keeps their steps, their waits and what they emit
 * @param limits of payloads and results
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

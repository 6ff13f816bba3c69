// SPDX-License-Identifier: Apache-2.0
package io.jobyard.status;

import io.jobyard.spi.cluster.HostNotices;
import io.jobyard.spi.cluster.HostStore;
import io.jobyard.spi.feed.FeedStore;
import io.jobyard.spi.reads.JobReads;
import io.jobyard.spi.samples.SampleStore;
import io.jobyard.spi.steps.WorkStore;
import io.jobyard.spi.usage.UsageStore;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Stores that the status reporter reads. */
@Component(service = StatusStores.class)
public record StatusStores(
        JobReads jobs,
        FeedStore feed,
        HostStore hosts,
        HostNotices notices,
        UsageStore usage,
        WorkStore work,
        SampleStore samples) {

    @Activate
    public StatusStores(
            @Reference JobReads jobs,
            @Reference FeedStore feed,
            @Reference HostStore hosts,
            @Reference HostNotices notices,
            @Reference UsageStore usage,
            @Reference WorkStore work,
            @Reference SampleStore samples) {
        this.jobs = jobs;
        this.feed = feed;
        this.hosts = hosts;
        this.notices = notices;
        this.usage = usage;
        this.work = work;
        this.samples = samples;
    }
}

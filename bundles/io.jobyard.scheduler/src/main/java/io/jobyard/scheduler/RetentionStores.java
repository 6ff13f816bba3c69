// SPDX-License-Identifier: Apache-2.0
package io.jobyard.scheduler;

import io.jobyard.spi.audit.AuditTrail;
import io.jobyard.spi.cluster.HostStore;
import io.jobyard.spi.feed.FeedStore;
import io.jobyard.spi.reads.JobReads;
import io.jobyard.spi.store.JobStore;
import io.jobyard.spi.store.RequestStore;
import io.jobyard.spi.usage.UsageStore;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Stores with data that is removed. */
@Component(service = RetentionStores.class)
public record RetentionStores(
        JobStore jobs,
        JobReads reads,
        FeedStore feed,
        UsageStore usage,
        RequestStore requests,
        HostStore hosts,
        AuditTrail audit) {

    @Activate
    public RetentionStores(
            @Reference JobStore jobs,
            @Reference JobReads reads,
            @Reference FeedStore feed,
            @Reference UsageStore usage,
            @Reference RequestStore requests,
            @Reference HostStore hosts,
            @Reference AuditTrail audit) {
        this.jobs = jobs;
        this.reads = reads;
        this.feed = feed;
        this.usage = usage;
        this.requests = requests;
        this.hosts = hosts;
        this.audit = audit;
    }
}

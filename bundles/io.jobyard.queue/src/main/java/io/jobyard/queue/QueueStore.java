// SPDX-License-Identifier: Apache-2.0
package io.jobyard.queue;

import io.jobyard.spi.audit.AuditStore;
import io.jobyard.spi.limits.LimitStore;
import io.jobyard.spi.reads.JobReads;
import io.jobyard.spi.store.JobStore;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Stores that the queue needs. */
@Component(service = QueueStore.class)
public final class QueueStore {

    final JobStore jobs;
    final JobReads reads;
    final LimitStore limits;
    /** Records decisions of the queue itself. */
    final AuditStore audit;

    @Activate
    public QueueStore(
            @Reference JobStore jobs,
            @Reference JobReads reads,
            @Reference LimitStore limits,
            @Reference AuditStore audit) {
        this.jobs = jobs;
        this.reads = reads;
        this.limits = limits;
        this.audit = audit;
    }
}

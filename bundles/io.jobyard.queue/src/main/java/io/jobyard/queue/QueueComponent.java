// SPDX-License-Identifier: Apache-2.0
package io.jobyard.queue;

import io.jobyard.api.CanaryListener;
import io.jobyard.spi.Examiner;
import io.jobyard.spi.audit.AuditStore;
import io.jobyard.spi.feed.CommitListener;
import io.jobyard.spi.handlers.HandlerCatalog;
import io.jobyard.spi.limits.LimitStore;
import io.jobyard.spi.queue.QueueManager;
import io.jobyard.spi.reads.JobReads;
import io.jobyard.spi.store.JobStore;
import java.time.Clock;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;

/** Offers the engine as a service. */
@Component(service = {QueueManager.class, CommitListener.class, Examiner.class})
public final class QueueComponent extends QueueEngine {

    @Activate
    public QueueComponent(
            @Reference QueueSettingsComponent settings,
            @Reference LimitCatalogRegistry catalog,
            @Reference Gates gates,
            @Reference HandlerCatalog handlers,
            @Reference JobStore jobs,
            @Reference JobReads reads,
            @Reference LimitStore limits,
            @Reference AuditStore audit,
            @Reference LimitEvents events,
            @Reference Clock clock) {
        super(
                settings,
                catalog,
                gates,
                handlers,
                new QueueStore(jobs, reads, limits, audit),
                clock,
                WINDOW,
                event -> events.tell(event, catalog.current().keys()));
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    void bindCanaryListener(CanaryListener listener) {
        canarySteps().add(listener);
    }

    void unbindCanaryListener(CanaryListener listener) {
        canarySteps().remove(listener);
    }

    @Override
    @Deactivate
    public void close() {
        super.close();
    }
}

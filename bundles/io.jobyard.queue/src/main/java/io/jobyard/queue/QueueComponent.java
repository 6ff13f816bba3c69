// SPDX-License-Identifier: Apache-2.0
package io.jobyard.queue;

import io.jobyard.api.CanaryListener;
import io.jobyard.api.spi.CommitListener;
import io.jobyard.api.spi.Examiner;
import io.jobyard.api.spi.HandlerCatalog;
import io.jobyard.api.spi.QueueManager;
import io.jobyard.api.spi.auditing.AuditStore;
import io.jobyard.api.spi.limiting.LimitStore;
import io.jobyard.api.spi.reading.JobReads;
import io.jobyard.api.spi.scheduling.JobStore;
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

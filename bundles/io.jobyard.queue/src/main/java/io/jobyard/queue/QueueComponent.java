// SPDX-License-Identifier: Apache-2.0
package io.jobyard.queue;

import io.jobyard.api.CanaryListener;
import io.jobyard.spi.Examiner;
import io.jobyard.spi.feed.CommitListener;
import io.jobyard.spi.handlers.HandlerCatalog;
import io.jobyard.spi.queue.QueueManager;
import java.time.Clock;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;

/** Offers the queue engine as a service. */
@Component(service = {QueueManager.class, CommitListener.class, Examiner.class})
public final class QueueComponent extends QueueEngine {

    @Activate
    public QueueComponent(
            @Reference QueueSettingsComponent settings,
            @Reference LimitCatalogRegistry catalog,
            @Reference Gates gates,
            @Reference HandlerCatalog handlers,
            @Reference QueueStore store,
            @Reference LimitEvents events,
            @Reference Clock clock) {
        super(settings, catalog, gates, handlers, store, clock, WINDOW);
        onWarning(event -> events.tell(event, catalog.current().keys()));
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    void bindCanaryListener(CanaryListener listener) {
        rollbacks.add(listener);
    }

    void unbindCanaryListener(CanaryListener listener) {
        rollbacks.remove(listener);
    }

    @Override
    @Deactivate
    public void close() {
        super.close();
    }
}

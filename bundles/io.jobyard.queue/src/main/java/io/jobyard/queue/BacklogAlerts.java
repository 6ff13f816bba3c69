// SPDX-License-Identifier: Apache-2.0
package io.jobyard.queue;

import io.jobyard.api.BacklogEvent;
import io.jobyard.api.BacklogEvent.BacklogChange;
import io.jobyard.api.BacklogListener;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reports backlog alerts to the log and to all listeners. */
@Component(service = BacklogAlerts.class)
public final class BacklogAlerts {

    private static final Logger LOG = LoggerFactory.getLogger(BacklogAlerts.class);

    private final List<BacklogListener> listeners = new CopyOnWriteArrayList<>();

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    void bind(BacklogListener listener) {
        listeners.add(listener);
    }

    void unbind(BacklogListener listener) {
        listeners.remove(listener);
    }

    void tell(BacklogEvent event) {
        String where = event.queue() == null ? "all queues" : "queue " + event.queue();
        String key = event.measure().key();
        if (event.kind() == BacklogChange.PASSED) {
            LOG.warn("Backlog alert for {}: {} exceeds {} = {}", where, event.value(), key, event.max());
        } else {
            LOG.info("Backlog alert for {} cleared: {} within {}", where, event.value(), key);
        }
        for (BacklogListener listener : listeners) {
            try {
                listener.seen(event);
            } catch (RuntimeException | Error e) { // for example, a class that the listener's bundle lacks
                LOG.warn("Backlog alert listener failed on {}", event, e);
            }
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.jobyard.queue;

import io.jobyard.api.LimitEvent;
import io.jobyard.api.LimitListener;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells all listeners of soft levels that are passed. Safe for use by several threads. */
@Component(service = LimitEvents.class)
public final class LimitEvents {

    private static final Logger LOG = LoggerFactory.getLogger(LimitEvents.class);

    private final List<LimitListener> listeners = new CopyOnWriteArrayList<>();

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    void bind(LimitListener listener) {
        listeners.add(listener);
    }

    void unbind(LimitListener listener) {
        listeners.remove(listener);
    }

    void tell(LimitEvent event) {
        LOG.info(
                "The soft level of {} {} is passed: {} of {} {} used since {}",
                event.kind(),
                event.name(),
                event.used(),
                event.unit(),
                event.budget(),
                event.since());
        for (LimitListener listener : listeners) {
            try {
                listener.passed(event);
            } catch (RuntimeException | Error e) { // such as a class that its bundle lacks
                LOG.warn("A listener of limits failed on {}", event, e);
            }
        }
    }
}

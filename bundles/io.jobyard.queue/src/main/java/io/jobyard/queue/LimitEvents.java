// SPDX-License-Identifier: Apache-2.0
package io.jobyard.queue;

import io.jobyard.api.HistoryEvent;
import io.jobyard.api.LimitEvent;
import io.jobyard.api.LimitListener;
import io.jobyard.spi.access.Access;
import io.jobyard.spi.access.Caller;
import io.jobyard.spi.handlers.HandlerCatalog;
import io.jobyard.spi.limits.LimitKind;
import io.jobyard.spi.queue.LimitSight;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.osgi.framework.ServiceReference;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reports exceeded warning thresholds to all listeners. */
@Component(service = LimitEvents.class)
public final class LimitEvents {

    private static final Logger LOG = LoggerFactory.getLogger(LimitEvents.class);

    /** Listeners with their bundles. */
    private record OfferedListener(LimitListener listener, Caller caller) {}

    private final List<OfferedListener> listeners = new CopyOnWriteArrayList<>();
    private final Access access;
    private final HandlerCatalog handlers;

    @Activate
    public LimitEvents(@Reference Access access, @Reference HandlerCatalog handlers) {
        this.access = access;
        this.handlers = handlers;
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    void bind(LimitListener listener, ServiceReference<LimitListener> reference) {
        bind(listener, Caller.bundle(reference.getBundle().getSymbolicName()));
    }

    /** @param caller bundle that offers the listener; the listener gets only the values of limits that the bundle may see */
    void bind(LimitListener listener, Caller caller) {
        listeners.add(new OfferedListener(listener, caller));
    }

    void unbind(LimitListener listener) {
        listeners.removeIf(offered -> offered.listener() == listener);
    }

    /** Reports an event; {@code keys} contains the locations of the limits' values. */
    void tell(LimitEvent event, Map<String, String> keys) {
        LimitEvent logged = shown(event, Caller.administrator(HistoryEvent.HOST), keys);
        LOG.info(
                "Warning threshold of {} {} passed: used={} {}, budget={}, since={}",
                logged.kind(),
                logged.name(),
                logged.used(),
                logged.unit(),
                logged.budget(),
                logged.since());
        listeners.forEach(offered -> {
            try {
                offered.listener().passed(shown(event, offered.caller(), keys));
            } catch (RuntimeException | Error e) { // for example, a class that the listener's bundle lacks
                LOG.warn("Limit listener failed on {}", logged, e);
            }
        });
    }

    private LimitEvent shown(LimitEvent event, Caller caller, Map<String, String> keys) {
        return event.kind().equals(LimitKind.LIMIT.text())
                ? event.named(new LimitSight(caller, access, handlers, () -> keys).shown(event.name()))
                : event;
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.jobyard.queue;

import io.jobyard.api.spi.Access;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;

/** Collects the queues and limits that are configured, each a component, and hands out snapshots of all. */
@Component(service = LimitCatalogRegistry.class)
public final class LimitCatalogRegistry {

    private final Map<ConfiguredQueue, Runnable> queues = new ConcurrentHashMap<>();
    private final Map<ConfiguredLimit, Runnable> limits = new ConcurrentHashMap<>();
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
    private final Access access;
    private final Runnable endOfQuotas;
    private volatile LimitCatalog current = LimitCatalog.EMPTY;

    @Activate
    public LimitCatalogRegistry(@Reference Access access) {
        this.access = access;
        endOfQuotas = access.onChange(this::renew);
        renew();
    }

    @Deactivate
    void stop() {
        endOfQuotas.run();
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    public void bindQueue(ConfiguredQueue queue) {
        queues.put(queue, queue.onChange(changed -> renew()));
        renew();
    }

    void unbindQueue(ConfiguredQueue queue) {
        queues.remove(queue).run();
        renew();
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    public void bindLimit(ConfiguredLimit limit) {
        limits.put(limit, limit.onChange(changed -> renew()));
        renew();
    }

    void unbindLimit(ConfiguredLimit limit) {
        limits.remove(limit).run();
        renew();
    }

    LimitCatalog current() {
        return current;
    }

    /** Hears of each change, on the thread that brings it. */
    Runnable onChange(Runnable listener) {
        listeners.add(listener);
        return () -> listeners.remove(listener);
    }

    private synchronized void renew() {
        Map<String, NamedQueueSettings> named = new HashMap<>();
        queues.keySet().forEach(queue -> named.put(queue.name().shown(), queue.current()));
        Map<String, LimitSettings> limiting = new HashMap<>();
        limits.keySet().forEach(limit -> limiting.put(limit.name().shown(), limit.current()));
        current = new LimitCatalog(named, limiting, access.quotas());
        listeners.forEach(Runnable::run);
    }
}

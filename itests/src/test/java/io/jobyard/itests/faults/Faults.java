// SPDX-License-Identifier: Apache-2.0
package io.jobyard.itests.faults;

import io.jobyard.store.api.StoreDialect;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Collection;
import java.util.Dictionary;
import java.util.Hashtable;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceEvent;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.ServiceRegistration;
import org.osgi.framework.hooks.service.EventListenerHook;
import org.osgi.framework.hooks.service.FindHook;
import org.osgi.framework.hooks.service.ListenerHook;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.util.tracker.ServiceTracker;

/** Puts watched services in the place of the host's own, which nobody else sees any more. Starts before the store. */
@Component(service = {})
public final class Faults {

    private static final String WATCHED = "jobyard.faults.watched";
    private static final Set<String> OURS = Stream.concat(
                    Stream.of(StoreDialect.class, Clock.class), WatchedStore.CONTRACTS.stream())
            .map(Class::getName)
            .collect(Collectors.toSet());

    private final BundleContext own;

    @Activate
    public Faults(BundleContext context) {
        own = context;
        Path instance = Path.of(context.getProperty("jobyard.instance"));
        Weather weather = new Weather(instance);
        Trap trap = new Trap(instance, weather);
        context.registerService(EventListenerHook.class, this::hideEvents, null);
        context.registerService(FindHook.class, this::hide, null);
        watch(StoreDialect.class, database -> WatchedSource.of(database, trap, weather));
        WatchedStore.CONTRACTS.forEach(contract -> watchStore(contract, trap));
        watch(Clock.class, weather::shifted);
    }

    private void hideEvents(ServiceEvent event, Map<BundleContext, Collection<ListenerHook.ListenerInfo>> listeners) {
        if (isHidden(event.getServiceReference())) {
            listeners.keySet().removeIf(this::isAnothers);
        }
    }

    private void hide(
            BundleContext context,
            String name,
            String filter,
            boolean all,
            Collection<ServiceReference<?>> references) {
        if (isAnothers(context)) {
            references.removeIf(Faults::isHidden);
        }
    }

    private boolean isAnothers(BundleContext context) {
        return context.getBundle().getBundleId() != 0 && !context.getBundle().equals(own.getBundle());
    }

    private static boolean isHidden(ServiceReference<?> reference) {
        for (String name : (String[]) reference.getProperty("objectClass")) {
            if (OURS.contains(name)) {
                return reference.getProperty(WATCHED) == null;
            }
        }
        return false;
    }

    private <T> void watchStore(Class<T> contract, Trap trap) {
        watch(contract, store -> WatchedStore.of(contract, store, trap));
    }

    private <T> void watch(Class<T> type, UnaryOperator<T> watcher) {
        new ServiceTracker<T, ServiceRegistration<T>>(own, type, null) {
            @Override
            public ServiceRegistration<T> addingService(ServiceReference<T> reference) {
                if (!isHidden(reference)) {
                    return null;
                }
                Dictionary<String, Object> properties = new Hashtable<>(Map.of(WATCHED, true));
                for (String key : reference.getPropertyKeys()) {
                    properties.put(key, reference.getProperty(key));
                }
                String[] names = (String[]) reference.getProperty("objectClass");
                @SuppressWarnings("unchecked") // it is registered under the type, too
                ServiceRegistration<T> registration = (ServiceRegistration<T>)
                        own.registerService(names, watcher.apply(own.getService(reference)), properties);
                return registration;
            }

            @Override
            public void removedService(ServiceReference<T> reference, ServiceRegistration<T> registration) {
                registration.unregister();
                own.ungetService(reference);
            }
        }.open();
    }
}

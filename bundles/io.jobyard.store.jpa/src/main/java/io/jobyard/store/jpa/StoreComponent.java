// SPDX-License-Identifier: Apache-2.0
package io.jobyard.store.jpa;

import io.jobyard.settings.api.AuditSeal;
import io.jobyard.settings.api.Instance;
import io.jobyard.spi.Examiner;
import io.jobyard.spi.feed.CommitListener;
import io.jobyard.spi.jobs.Routing;
import io.jobyard.store.api.StoreDialect;
import io.jobyard.store.jpa.incarnation.HostCandidate;
import io.jobyard.store.jpa.schema.ChosenDatabase;
import io.jobyard.store.jpa.schema.DatabaseComponent;
import io.jobyard.store.jpa.sql.OpeningReport;
import io.jobyard.store.jpa.sql.StoreSettings;
import io.jobyard.store.jpa.sql.StoreSettingsComponent;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Flow;
import java.util.function.Consumer;
import javax.persistence.EntityManagerFactory;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.util.tracker.ServiceTracker;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Opens the store and offers it as a service. Listeners and routings are tracked after the store is offered: they need the store, so
 * references to them would form a cycle.
 */
@Component(service = {})
public final class StoreComponent {

    private static final Logger LOG = LoggerFactory.getLogger(StoreComponent.class);

    private final Store store;
    private final List<ServiceRegistration<?>> registrations = new ArrayList<>();
    private final ServiceTracker<CommitListener, CommitListener> listeners;
    private final ServiceTracker<Routing, Routing> routing;

    @Activate
    public StoreComponent(
            BundleContext context,
            @Reference Instance instance,
            @Reference StoreSettingsComponent settings,
            @Reference ChosenDatabase database,
            @Reference(target = "(osgi.jndi.service.name=" + DatabaseComponent.NAME + ")") DataSource source,
            @Reference(target = "(osgi.unit.name=" + DatabaseComponent.NAME + ")") EntityManagerFactory units,
            @Reference(cardinality = ReferenceCardinality.OPTIONAL, target = OpeningReport.LISTENER)
                    Flow.@Nullable Subscriber<String> listener)
            throws SQLException {
        StoreSettings inForce = settings.inForce();
        boolean isEmbedded = inForce.url().isEmpty();
        OpeningReport opening = new OpeningReport(listener, database.dialect(), isEmbedded ? instance.data() : null);
        opening.doing("reading the store");
        try {
            store = opening(instance, inForce, database.dialect(), source, units)
                    .open();
        } catch (SQLException | RuntimeException e) {
            opening.failed(e);
            throw e;
        }
        store.keepIndex();
        store.whenDamaged(opening::damaged);
        store.whenFenced(why -> {
            opening.fenced(why);
            end(context.getBundle(instance.isNamed() ? 0 : context.getBundle().getBundleId()), why);
        });
        registrations.add(context.registerService(Examiner.class, store::examine, null));
        store.services()
                .forEach((role, service) -> registrations.add(context.registerService(role.getName(), service, null)));
        routing = new Tracker<>(context, Routing.class, store::ask, gone -> store.ask(null));
        routing.open();
        listeners = new Tracker<>(context, CommitListener.class, store::listen, store::forget);
        listeners.open();
    }

    private static StoreOpening opening(
            Instance instance,
            StoreSettings inForce,
            StoreDialect dialect,
            DataSource source,
            EntityManagerFactory units) {
        List<Path> live = new ArrayList<>(List.of(instance.data()));
        dialect.folder(inForce.url()).ifPresent(live::add);
        return new StoreOpening(
                source,
                units,
                dialect,
                instance.clock(),
                HostCandidate.of(instance, inForce),
                live,
                AuditSeal.of(instance));
    }

    /** Stops the framework if Jobyard owns it, otherwise the bundles that use the store, so that runs end cleanly. */
    private static void end(Bundle bundle, String why) {
        LOG.error("{}; this host exits", why);
        new Thread(() -> stop(bundle), "jobyard-store-end-1")
                .start(); // a separate thread, because a stop waits for callers of the store
    }

    private static void stop(Bundle bundle) {
        try {
            bundle.stop(Bundle.STOP_TRANSIENT);
        } catch (BundleException e) {
            LOG.error("This host does not shut down cleanly: {}", e.toString());
        }
    }

    /** Withdraws the service first, so that its users end, and then stores their last changes. */
    @Deactivate
    public void stop() {
        registrations.forEach(ServiceRegistration::unregister);
        listeners.close();
        routing.close();
        store.close();
    }

    private static final class Tracker<T> extends ServiceTracker<T, T> {

        private final Consumer<T> added;
        private final Consumer<T> removed;

        Tracker(BundleContext context, Class<T> type, Consumer<T> added, Consumer<T> removed) {
            super(context, type, null);
            this.added = added;
            this.removed = removed;
        }

        @Override
        public T addingService(ServiceReference<T> reference) {
            T service = super.addingService(reference);
            added.accept(service);
            return service;
        }

        @Override
        public void removedService(ServiceReference<T> reference, T service) {
            removed.accept(service);
            super.removedService(reference, service);
        }
    }
}

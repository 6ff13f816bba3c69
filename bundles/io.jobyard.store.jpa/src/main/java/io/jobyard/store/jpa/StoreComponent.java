// SPDX-License-Identifier: Apache-2.0
package io.jobyard.store.jpa;

import io.jobyard.settings.api.AuditSeal;
import io.jobyard.settings.api.Instance;
import io.jobyard.spi.Examiner;
import io.jobyard.spi.audit.AuditStore;
import io.jobyard.spi.bulk.BulkStore;
import io.jobyard.spi.cluster.HostNotices;
import io.jobyard.spi.cluster.HostStore;
import io.jobyard.spi.feed.CommitListener;
import io.jobyard.spi.feed.FeedStore;
import io.jobyard.spi.feed.FollowerStore;
import io.jobyard.spi.identity.IdentityStore;
import io.jobyard.spi.jobs.Routing;
import io.jobyard.spi.limits.LimitStore;
import io.jobyard.spi.reads.JobReads;
import io.jobyard.spi.schedules.ScheduleStore;
import io.jobyard.spi.steps.WorkStore;
import io.jobyard.spi.store.JobStore;
import io.jobyard.spi.store.RequestStore;
import io.jobyard.spi.store.StoreMaintenance;
import io.jobyard.spi.store.SubmissionInbox;
import io.jobyard.spi.usage.UsageStore;
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
 * Opens the store and offers it. Listeners, and who knows where jobs are routed, are tracked by hand, after the store is offered:
 * they need the store, and a reference to them would make a circle.
 */
@Component(service = {})
public final class StoreComponent {

    private static final Logger LOG = LoggerFactory.getLogger(StoreComponent.class);

    private final Store store;
    private final List<ServiceRegistration<?>> registrations;
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
        Path data = instance.data();
        StoreDialect dialect = database.dialect();
        List<Path> live = new ArrayList<>(List.of(data));
        dialect.folder(inForce.url()).ifPresent(live::add);
        OpeningReport opening =
                new OpeningReport(listener, dialect, inForce.url().isEmpty() ? data : null);
        opening.doing("reading what the store holds");
        try {
            store = new Store(
                    source,
                    units,
                    dialect,
                    instance.clock(),
                    HostCandidate.of(instance, inForce),
                    live,
                    AuditSeal.of(instance));
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
        registrations = new ArrayList<>(List.of(
                context.registerService(Examiner.class, store::examine, null),
                context.registerService(StoreMaintenance.class, store.maintenance(), null),
                context.registerService(AuditStore.class, store.audit(), null),
                context.registerService(LimitStore.class, store.limits(), null),
                context.registerService(ScheduleStore.class, store.schedules(), null),
                context.registerService(BulkStore.class, store.bulks(), null),
                context.registerService(FollowerStore.class, store.followers(), null),
                context.registerService(RequestStore.class, store.requests(), null),
                context.registerService(UsageStore.class, store.usage(), null),
                context.registerService(WorkStore.class, store.work(), null),
                context.registerService(IdentityStore.class, store.identities(), null),
                context.registerService(FeedStore.class, store.feed(), null),
                context.registerService(HostStore.class, store.hosts(), null),
                context.registerService(HostNotices.class, store.notices(), null),
                context.registerService(JobReads.class, store.reads(), null),
                context.registerService(JobStore.class, store.jobs(), null)));
        store.submissions()
                .ifPresent(inbox -> registrations.add(context.registerService(SubmissionInbox.class, inbox, null)));
        routing = new RoutingTracker(context, store);
        routing.open();
        listeners = new ListenerTracker(context, store);
        listeners.open();
    }

    /** The whole host, if the framework is ours, else what stands on the store: what runs is ended in order. */
    private static void end(Bundle bundle, String why) {
        LOG.error("{}; this host ends", why);
        new Thread(() -> stop(bundle), "jobyard-store-end-1").start(); // it waits for those who wait for the store
    }

    private static void stop(Bundle bundle) {
        try {
            bundle.stop(Bundle.STOP_TRANSIENT);
        } catch (BundleException e) {
            LOG.error("This host does not end in order: {}", e.toString());
        }
    }

    /** The store is taken back first, so that its users end; then their last changes are stored. */
    @Deactivate
    public void stop() {
        registrations.forEach(ServiceRegistration::unregister);
        listeners.close();
        routing.close();
        store.close();
    }

    private static final class ListenerTracker extends ServiceTracker<CommitListener, CommitListener> {

        private final Store store;

        ListenerTracker(BundleContext context, Store store) {
            super(context, CommitListener.class, null);
            this.store = store;
        }

        @Override
        public CommitListener addingService(ServiceReference<CommitListener> reference) {
            CommitListener listener = super.addingService(reference);
            store.listen(listener);
            return listener;
        }

        @Override
        public void removedService(ServiceReference<CommitListener> reference, CommitListener listener) {
            store.forget(listener);
            super.removedService(reference, listener);
        }
    }

    private static final class RoutingTracker extends ServiceTracker<Routing, Routing> {

        private final Store store;

        RoutingTracker(BundleContext context, Store store) {
            super(context, Routing.class, null);
            this.store = store;
        }

        @Override
        public Routing addingService(ServiceReference<Routing> reference) {
            Routing added = super.addingService(reference);
            store.ask(added);
            return added;
        }

        @Override
        public void removedService(ServiceReference<Routing> reference, Routing removed) {
            store.ask(null);
            super.removedService(reference, removed);
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.jobyard.store.jpa.schema;

import io.jobyard.store.api.StoreDialect;
import io.jobyard.store.jpa.sql.OpeningReport;
import io.jobyard.store.jpa.sql.StoreSettings;
import io.jobyard.store.jpa.sql.StoreSettingsComponent;
import java.util.Objects;
import java.util.TreeSet;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import org.osgi.framework.FrameworkEvent;
import org.osgi.framework.FrameworkListener;
import org.osgi.framework.InvalidSyntaxException;
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

/** Offers the installed database that the configuration selects as a service. Other databases are not loaded. */
@Component(service = {})
public final class DatabaseChoice {

    private static final Logger LOG = LoggerFactory.getLogger(DatabaseChoice.class);

    private final BundleContext context;
    private final StoreSettings settings;
    private final Flow.@Nullable Subscriber<String> listener;
    private final AtomicBoolean chosen = new AtomicBoolean();
    private final FrameworkListener whenAllHaveStarted = this::happened;
    private final Databases databases;

    @Activate
    public DatabaseChoice(
            BundleContext context,
            @Reference StoreSettingsComponent settings,
            @Reference(cardinality = ReferenceCardinality.OPTIONAL, target = OpeningReport.LISTENER)
                    Flow.@Nullable Subscriber<String> listener) {
        this.context = context;
        this.settings = settings.inForce();
        this.listener = listener;
        context.addFrameworkListener(whenAllHaveStarted);
        databases = new Databases(context);
        databases.open();
    }

    /** Stops the users of the database first. */
    @Deactivate
    public void stop() {
        context.removeFrameworkListener(whenAllHaveStarted);
        databases.close();
    }

    private void happened(FrameworkEvent event) {
        if (event.getType() == FrameworkEvent.STARTED && !chosen.get()) {
            String why = "unsupported database: url = " + settings.position() + " in " + StoreSettings.PID
                    + "; supported are " + supported() + "; omit url for the embedded database";
            LOG.error("{}", why);
            if (listener != null) {
                listener.onError(new IllegalStateException(why));
            }
        }
    }

    private String supported() {
        TreeSet<String> urls = new TreeSet<>();
        try {
            for (ServiceReference<StoreDialect> each : context.getServiceReferences(StoreDialect.class, null)) {
                urls.add(each.getProperty(StoreDialect.URL) + "…");
            }
        } catch (InvalidSyntaxException e) {
            throw new IllegalStateException(e); // impossible: the filter is null
        }
        return String.join(", ", urls);
    }

    private boolean isAskedFor(ServiceReference<StoreDialect> database) {
        return settings.url().isEmpty()
                ? Boolean.TRUE.equals(database.getProperty(StoreDialect.EMBEDDED))
                : settings.url().startsWith(String.valueOf(database.getProperty(StoreDialect.URL)));
    }

    private final class Databases extends ServiceTracker<StoreDialect, ServiceRegistration<ChosenDatabase>> {

        Databases(BundleContext context) {
            super(context, StoreDialect.class, null);
        }

        @Override
        public @Nullable ServiceRegistration<ChosenDatabase> addingService(ServiceReference<StoreDialect> reference) {
            if (!isAskedFor(reference) || !chosen.compareAndSet(false, true)) {
                return null;
            }
            StoreDialect dialect = Objects.requireNonNull(context.getService(reference));
            return context.registerService(ChosenDatabase.class, new ChosenDatabase(dialect), null);
        }

        @Override
        public void removedService(
                ServiceReference<StoreDialect> reference, ServiceRegistration<ChosenDatabase> registration) {
            registration.unregister();
            context.ungetService(reference);
            chosen.set(false);
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.jobyard.worker;

import io.jobyard.api.handler.AsyncJobHandler;
import io.jobyard.api.handler.HandlesJob;
import io.jobyard.api.handler.JobEstimator;
import io.jobyard.api.handler.JobHandler;
import io.jobyard.api.handler.JobInterceptor;
import io.jobyard.api.handler.PayloadMigrator;
import io.jobyard.api.handler.TypedAsyncJobHandler;
import io.jobyard.api.handler.TypedJobHandler;
import io.jobyard.settings.api.Instance;
import io.jobyard.spi.Examiner;
import io.jobyard.spi.handlers.BundleQuarantine;
import io.jobyard.spi.handlers.DeployDirectory;
import io.jobyard.spi.handlers.DeployedBundle;
import io.jobyard.spi.handlers.HandlerCatalog;
import io.jobyard.spi.queue.Gate;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;

/** Tracks handlers, interceptors, migrators, estimators and configured types, and offers the services that depend on them. */
@Component(service = {})
public final class HandlersComponent {

    private static final String HANDLERS = "(|(" + HandlesJob.TYPE + "=*)(" + HandlesJob.ANNOTATED_TYPE + "=*))";

    /** Filter for asynchronous handlers. A service with both interfaces counts as a {@link JobHandler}. */
    private static final String ASYNC_HANDLERS =
            "(&" + HANDLERS + "(!(objectClass=io.jobyard.api.handler.JobHandler)))";

    /** Filter for typed handlers. A service that also has an untyped interface counts as untyped. */
    private static final String TYPED_HANDLERS = "(&" + HANDLERS + "(!(objectClass=io.jobyard.api.handler.JobHandler))"
            + "(!(objectClass=io.jobyard.api.handler.AsyncJobHandler)))";

    private static final String TYPED_ASYNC_HANDLERS =
            "(&" + TYPED_HANDLERS + "(!(objectClass=io.jobyard.api.handler.TypedJobHandler)))";

    private final BundleContext context;
    private final Quarantine quarantine;
    private final BundleUpdates updates;
    private final HandlerRegistry handlers;
    private final List<ServiceRegistration<?>> services = new ArrayList<>();

    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC)
    private volatile @Nullable DeployDirectory deployed;

    @Activate
    public HandlersComponent(
            BundleContext context,
            @Reference Instance instance,
            @Reference WorkerSettingsComponent settings,
            @Reference Clock clock) {
        this.context = context;
        quarantine = new Quarantine(
                () -> settings.current().quarantineHostLosses(),
                new HostLosses(instance.data().resolve("losses.properties")),
                clock);
        updates = new BundleUpdates(context, quarantine);
        handlers = new HandlerRegistry(settings, quarantine, clock, instance.isNamed() ? instance.deploy() : null);
        handlers.ask(this::deployed);
        handlers.askIfHostStops(
                () -> context.getBundle(Constants.SYSTEM_BUNDLE_ID).getState() == Bundle.STOPPING);
    }

    private Optional<DeployedBundle> deployed(long bundleId) {
        DeployDirectory there = deployed;
        return there == null ? Optional.empty() : there.bundle(bundleId);
    }

    /** Offers the service after the available handlers are bound, so that no caller finds them missing. */
    @Activate
    void offer() {
        context.addBundleListener(updates);
        offer(quarantine, BundleQuarantine.class, Examiner.class);
        offer(new QuarantineGate(handlers.all, quarantine), Gate.class);
        offer(handlers, HandlerRegistry.class, HandlerCatalog.class, Gate.class, Examiner.class);
    }

    private void offer(Object service, Class<?>... contracts) {
        String[] names = List.of(contracts).stream().map(Class::getName).toArray(String[]::new);
        services.add(context.registerService(names, service, null));
    }

    /** Stops in reverse order, so that each user of a service stops before the service. */
    @Deactivate
    void stop() {
        Collections.reverse(services);
        services.forEach(ServiceRegistration::unregister);
        context.removeBundleListener(updates);
    }

    @Reference(target = HANDLERS, cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    void bind(JobHandler service, ServiceReference<JobHandler> reference) {
        handlers.bind(service, reference);
    }

    void unbind(ServiceReference<JobHandler> reference) {
        handlers.unbind(reference);
    }

    @Reference(target = ASYNC_HANDLERS, cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    void bindAsync(AsyncJobHandler service, ServiceReference<AsyncJobHandler> reference) {
        handlers.bind(service, reference);
    }

    void unbindAsync(ServiceReference<AsyncJobHandler> reference) {
        handlers.unbind(reference);
    }

    @Reference(target = TYPED_HANDLERS, cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    void bindTyped(TypedJobHandler<?, ?> service, ServiceReference<TypedJobHandler<?, ?>> reference) {
        handlers.bindTyped(service, service.getClass(), reference);
    }

    void unbindTyped(ServiceReference<TypedJobHandler<?, ?>> reference) {
        handlers.unbind(reference);
    }

    @Reference(
            target = TYPED_ASYNC_HANDLERS,
            cardinality = ReferenceCardinality.MULTIPLE,
            policy = ReferencePolicy.DYNAMIC)
    void bindTypedAsync(TypedAsyncJobHandler<?, ?> service, ServiceReference<TypedAsyncJobHandler<?, ?>> reference) {
        handlers.bindTypedAsync(service, service.getClass(), reference);
    }

    void unbindTypedAsync(ServiceReference<TypedAsyncJobHandler<?, ?>> reference) {
        handlers.unbind(reference);
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    void bindInterceptor(JobInterceptor service, ServiceReference<JobInterceptor> reference) {
        handlers.bind(service, reference);
    }

    void unbindInterceptor(ServiceReference<JobInterceptor> reference) {
        handlers.interceptors.unbind(reference);
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    void bindMigrator(PayloadMigrator service, ServiceReference<PayloadMigrator> reference) {
        handlers.migrators.bind(service, reference);
    }

    void unbindMigrator(ServiceReference<PayloadMigrator> reference) {
        handlers.migrators.unbind(reference);
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    void bindEstimator(JobEstimator service, ServiceReference<JobEstimator> reference) {
        handlers.bind(service, reference);
    }

    void unbindEstimator(ServiceReference<JobEstimator> reference) {
        handlers.estimators.unbind(reference);
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    void bindType(ConfiguredType type) {
        handlers.types.bind(type);
    }

    void unbindType(ConfiguredType type) {
        handlers.types.unbind(type);
    }
}

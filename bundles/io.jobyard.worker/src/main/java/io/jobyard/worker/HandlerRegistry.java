// SPDX-License-Identifier: Apache-2.0
package io.jobyard.worker;

import io.jobyard.api.FieldProblem;
import io.jobyard.api.Finding;
import io.jobyard.api.HandlerName;
import io.jobyard.api.Job;
import io.jobyard.api.handler.AsyncJobHandler;
import io.jobyard.api.handler.JobEstimator;
import io.jobyard.api.handler.JobHandler;
import io.jobyard.api.handler.JobInterceptor;
import io.jobyard.api.handler.TypedAsyncJobHandler;
import io.jobyard.api.handler.TypedJobHandler;
import io.jobyard.settings.api.LastGood;
import io.jobyard.settings.api.Settings;
import io.jobyard.spi.Examiner;
import io.jobyard.spi.handlers.DeployedBundle;
import io.jobyard.spi.handlers.HandlerCatalog;
import io.jobyard.spi.handlers.HandlerInfo;
import io.jobyard.spi.handlers.RefusedHandler;
import io.jobyard.spi.handlers.TypeRules;
import io.jobyard.spi.jobs.LaneKey;
import io.jobyard.spi.jobs.SlotKind;
import io.jobyard.spi.queue.Gate;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import java.util.function.LongFunction;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.Version;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Registry of handlers, and of the interceptors around them. A removed handler is released once its runs have ended. */
public final class HandlerRegistry implements HandlerCatalog, Gate, Examiner {

    private static final Logger LOG = LoggerFactory.getLogger(HandlerRegistry.class);

    final Handlers all;
    final TypeRegistry types = new TypeRegistry();
    final InterceptorRegistry interceptors;
    public final MigratorRegistry migrators;
    final EstimatorRegistry estimators = new EstimatorRegistry();
    private final Map<ServiceReference<?>, Handler> byReference = new ConcurrentHashMap<>();
    private final Map<ServiceReference<?>, RefusedHandler> refused = new ConcurrentHashMap<>();
    final Settings<WorkerSettings> settings;
    final Quarantine quarantine;
    final DrainSwitch drain = new DrainSwitch();
    final SchemasElsewhere elsewhere = new SchemasElsewhere();
    private final MarkedFields hidden = new MarkedFields();
    private final UnservedSince withoutHandler;
    private final HandlerVersions versions;
    private final MissingHandlerText missing;
    private final Clock clock;
    private final @Nullable String deploy;
    private volatile LongFunction<Optional<DeployedBundle>> deployedById = bundleId -> Optional.empty();
    private volatile BooleanSupplier hostStops = () -> false;

    /** @param deploy directory whose bundles report rejected handlers themselves; null if there is no such directory */
    HandlerRegistry(Settings<WorkerSettings> settings, Quarantine quarantine, Clock clock, @Nullable Path deploy) {
        this.settings = settings;
        this.quarantine = quarantine;
        this.clock = clock;
        this.deploy = deploy == null ? null : deploy.toFile().toURI().toString();
        interceptors = new InterceptorRegistry(settings);
        migrators = new MigratorRegistry(settings);
        withoutHandler = new UnservedSince(clock);
        all = new Handlers(types::settings, quarantine::isAside);
        versions = new HandlerVersions(all, types, migrators, elsewhere);
        missing = new MissingHandlerText(all, types, withoutHandler);
        types.onChange(all::changed);
        quarantine.onChange(all::changed);
    }

    /** Creates the registry of a host that stores no files and quarantines no bundle for its losses. */
    public static HandlerRegistry of(Map<String, Object> raw, Clock clock) {
        Settings<WorkerSettings> settings = new Settings<>(WorkerSettings.PID, WorkerSettings::read, LastGood.none());
        settings.update(raw);
        return new HandlerRegistry(settings, new Quarantine(() -> 0, new HostLosses(null), clock), clock, null);
    }

    /** Sets the supplier that returns whether handlers leave because the host stops. In that case, no canary has ended. */
    void askIfHostStops(BooleanSupplier stops) {
        hostStops = stops;
    }

    /** Sets the lookup for bundles of later handlers. */
    void ask(LongFunction<Optional<DeployedBundle>> now) {
        deployedById = now;
    }

    /** Adds a handler, unless its service properties or its bundle are invalid. */
    public void bind(JobHandler service, ServiceReference<JobHandler> reference) {
        take(() -> service, reference);
    }

    public void bind(AsyncJobHandler service, ServiceReference<AsyncJobHandler> reference) {
        take(() -> new StagedHandler(service), reference);
    }

    /** @param declared class that names the payload and the result in its generic supertypes */
    public void bindTyped(TypedJobHandler<?, ?> service, Class<?> declared, ServiceReference<?> reference) {
        take(() -> TypedHandler.of(service, declared), reference);
    }

    /** @param declared class that names the payload and the result in its generic supertypes */
    public void bindTypedAsync(TypedAsyncJobHandler<?, ?> service, Class<?> declared, ServiceReference<?> reference) {
        take(() -> TypedHandler.staged(service, declared), reference);
    }

    public void bind(JobInterceptor service, ServiceReference<JobInterceptor> reference) {
        interceptors.bind(service, reference);
    }

    public void bind(JobEstimator service, ServiceReference<JobEstimator> reference) {
        estimators.bind(service, reference);
    }

    private void take(Supplier<JobHandler> service, ServiceReference<?> reference) {
        try {
            DeployedBundle bundle =
                    deployedById.apply(reference.getBundle().getBundleId()).orElse(null);
            Handler handler = HandlerReader.read(reference, service, bundle);
            byReference.put(reference, handler);
            all.add(handler);
            hidden.add(handler.type, handler.hidden);
            withoutHandler.end(handler.type);
            LOG.debug("Handler {} registered", handler);
        } catch (RefusedHandlerException e) {
            refused.put(reference, e.refused);
            if (deploy == null || !reference.getBundle().getLocation().startsWith(deploy)) { // or deploy reports it
                LOG.warn(
                        "Handler of {} in bundle {} ignored: {}",
                        e.refused.type(),
                        reference.getBundle(),
                        e.getMessage());
            }
        }
    }

    void unbind(ServiceReference<?> reference) {
        refused.remove(reference);
        Handler handler = byReference.remove(reference);
        if (handler == null) {
            return;
        }
        all.remove(handler);
        all.changed(); // other hosts then assign no more of its jobs to this host
        if (!all.has(handler.type)) {
            withoutHandler.begin(handler.type);
        }
        WorkerSettings now = settings.current();
        all.leaves(handler, clock.instant().plus(now.drainTimeout()));
        try {
            handler.runs.letGo("Handler " + handler, now);
        } finally {
            all.left(handler);
        }
        all.gone();
    }

    @Override
    public List<HandlerInfo> handlers() {
        return all.infos();
    }

    @Override
    public List<RefusedHandler> refused() {
        return Stream.of(refused.values(), migrators.refused(), estimators.refused())
                .flatMap(Collection::stream)
                .toList();
    }

    @Override
    public Optional<HandlerName> serving(String type, @Nullable String handlerVersion) {
        return all.find(type, handlerVersion).map(handler -> handler.name);
    }

    @Override
    public Optional<HandlerName> canary(String type, @Nullable String handlerVersion) {
        return all.canary(type, handlerVersion).map(handler -> handler.name);
    }

    @Override
    public boolean servesVersion(String type, String version) {
        return all.serves(type, Version.parseVersion(version));
    }

    @Override
    public boolean isCanary(String type, HandlerName handler) {
        return hostStops.getAsBoolean() || all.isCanary(type, handler);
    }

    @Override
    public Optional<String> payloadForm(String type, HandlerName madeFor) {
        return versions.payloadForm(type, madeFor);
    }

    @Override
    public Optional<HandlerName> madeFor(String type, @Nullable String handlerVersion) {
        return serving(type, handlerVersion).or(() -> versions.elsewhere(type, handlerVersion));
    }

    @Override
    public boolean isPrivileged(String type) {
        return all.isPrivileged(type) || elsewhere.isPrivileged(type);
    }

    @Override
    public Optional<Duration> timeout(String type, @Nullable String handlerVersion) {
        return all.find(type, handlerVersion)
                .map(handler -> handler.runTerms.timeout())
                .filter(timeout -> !timeout.isZero());
    }

    @Override
    public SlotKind slots(String type, @Nullable String handlerVersion) {
        return all.find(type, handlerVersion).map(Handler::thread).orElse(RunThread.WORKER).slots;
    }

    @Override
    public Set<String> limits(String type, @Nullable String handlerVersion) {
        Set<String> ofHandler =
                all.find(type, handlerVersion).map(handler -> handler.limits).orElse(Set.of());
        Optional<Handler> canary = all.canary(type, handlerVersion);
        return types.limits(type, canary.isEmpty() ? ofHandler : TypeRegistry.both(ofHandler, canary.get().limits));
    }

    @Override
    public Map<String, TypeRules> typeRules() {
        return hidden.with(types.rules());
    }

    @Override
    public Optional<String> schema(String type, @Nullable String handlerVersion) {
        return schemaOf(type, handlerVersion).text();
    }

    @Override
    public Optional<String> resultSchema(String type, @Nullable String handlerVersion) {
        return all.find(type, handlerVersion).map(handler -> handler.resultSchema);
    }

    @Override
    public List<FieldProblem> problems(String type, @Nullable String handlerVersion, String payload) {
        return schemaOf(type, handlerVersion).problems(payload);
    }

    @Override
    public Map<String, Double> estimate(String type, String payload) {
        return estimators.estimate(type, payload);
    }

    /** Returns the versions of handlers that a new job may get, on this host and on others. */
    Stream<Version> offered(Job job) {
        return versions.offered(job);
    }

    /** Returns the schema of this host's handler; otherwise the schema of another host. */
    private PayloadSchema schemaOf(String type, @Nullable String handlerVersion) {
        return all.find(type, handlerVersion)
                .map(handler -> handler.schema)
                .orElseGet(() -> elsewhere.find(type, handlerVersion, versions.allowed(type, handlerVersion)));
    }

    @Override
    public List<Finding> examine() {
        return types.lackingCanaries(all::lacksCanary);
    }

    @Override
    public String name() {
        return "handler";
    }

    @Override
    public boolean ofHost() {
        return true;
    }

    @Override
    public boolean open(LaneKey lane) {
        return all.find(lane.type(), lane.handlerVersion()).isPresent();
    }

    @Override
    public String detail(LaneKey lane) {
        return missing.detail(lane);
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.jobyard.worker;

import io.jobyard.api.HandlerName;
import io.jobyard.api.handler.HandlesJob;
import io.jobyard.api.handler.JobHandler;
import io.jobyard.api.spi.Gate;
import io.jobyard.api.spi.HandlerCatalog;
import io.jobyard.api.spi.HandlerInfo;
import io.jobyard.api.spi.LaneKey;
import io.jobyard.api.spi.RefusedHandler;
import io.jobyard.settings.api.Instance;
import io.jobyard.settings.api.Settings;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Bundle;
import org.osgi.framework.ServiceReference;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The one place that knows the handlers: they come, are asked for, and are let go once their runs are out. */
@Component(service = {HandlerRegistry.class, HandlerCatalog.class, Gate.class})
public final class HandlerRegistry implements HandlerCatalog, Gate {

    private static final Logger LOG = LoggerFactory.getLogger(HandlerRegistry.class);
    private static final String HANDLERS = "(|(" + HandlesJob.TYPE + "=*)(" + HandlesJob.ANNOTATED_TYPE + "=*))";

    private final Handlers handlers;
    private final TypeRegistry types;
    private final Map<ServiceReference<JobHandler>, Handler> byReference = new ConcurrentHashMap<>();
    private final Settings<WorkerSettings> settings;
    private final TypesWithoutHandler withoutHandler;
    private final Clock clock;
    private final Map<ServiceReference<JobHandler>, RefusedHandler> refused = new ConcurrentHashMap<>();
    private final @Nullable String deploy;

    @Activate
    public HandlerRegistry(
            @Reference Instance instance,
            @Reference WorkerSettingsComponent settings,
            @Reference TypeRegistry types,
            @Reference QuarantineComponent quarantine,
            @Reference Clock clock) {
        this(instance.isNamed() ? instance.deploy() : null, settings, types, quarantine.quarantine(), clock);
    }

    HandlerRegistry(
            @Nullable Path deploy,
            Settings<WorkerSettings> settings,
            TypeRegistry types,
            Quarantine quarantine,
            Clock clock) {
        this.deploy = deploy == null ? null : deploy.toFile().toURI().toString();
        this.settings = settings;
        this.types = types;
        this.clock = clock;
        this.withoutHandler = new TypesWithoutHandler(clock);
        this.handlers =
                new Handlers(types::pin, bundle -> quarantine.why(bundle).isPresent());
        types.onChange(handlers::changed);
        quarantine.onChange(handlers::changed);
    }

    @Reference(target = HANDLERS, cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    void bind(JobHandler service, ServiceReference<JobHandler> reference) {
        try {
            Handler handler = HandlerReader.read(reference, service);
            byReference.put(reference, handler);
            handlers.add(handler);
            withoutHandler.end(handler.type);
            LOG.debug("Handler {} is there", handler);
        } catch (RefusedHandlerException e) {
            refused.put(reference, e.refused);
            tell(reference.getBundle(), e);
        }
    }

    /** Of what is in {@code deploy/} the bundle {@code io.jobyard.deploy} tells, with the file. */
    private void tell(Bundle bundle, RefusedHandlerException e) {
        if (deploy == null || !bundle.getLocation().startsWith(deploy)) {
            LOG.warn("The handler of {} in bundle {} is left out: {}", e.refused.type(), bundle, e.getMessage());
        }
    }

    void unbind(ServiceReference<JobHandler> reference) {
        refused.remove(reference);
        Handler handler = byReference.remove(reference);
        if (handler == null) {
            return;
        }
        handlers.remove(handler);
        if (!handlers.has(handler.type)) {
            withoutHandler.begin(handler.type);
        }
        drain(handler);
        handlers.gone();
    }

    private void drain(Handler handler) {
        try {
            WorkerSettings now = settings.current();
            handlers.leaves(handler, clock.instant().plus(now.drainTimeout()));
            int left = handler.runs.drain(now.drainTimeout(), now.cancelGrace());
            if (left == 0) {
                LOG.debug("Handler {} is gone", handler);
            } else {
                LOG.warn("Handler {} is gone, but {} of its runs did not end when interrupted", handler, left);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            LOG.warn("Handler {} is gone before its runs were drained: interrupted", handler);
        } finally {
            handlers.left(handler);
        }
    }

    Handlers all() {
        return handlers;
    }

    @Override
    public List<HandlerInfo> handlers() {
        return handlers.infos();
    }

    @Override
    public List<RefusedHandler> refused() {
        return List.copyOf(refused.values());
    }

    @Override
    public Optional<HandlerName> serving(String type, @Nullable String handlerVersion) {
        return handlers.find(type, handlerVersion).map(handler -> handler.name);
    }

    @Override
    public Set<String> limits(String type, @Nullable String handlerVersion) {
        return handlers.find(type, handlerVersion)
                .map(handler -> handler.limits)
                .orElse(Set.of());
    }

    @Override
    public Optional<String> schema(String type, @Nullable String handlerVersion) {
        return handlers.find(type, handlerVersion).flatMap(handler -> handler.schema.text());
    }

    @Override
    public List<String> problems(String type, @Nullable String handlerVersion, String payload) {
        return handlers.find(type, handlerVersion)
                .map(handler -> handler.schema.problems(payload))
                .orElse(List.of());
    }

    @Override
    public String name() {
        return "handler";
    }

    @Override
    public boolean open(LaneKey lane) {
        return handlers.find(lane.type(), lane.handlerVersion()).isPresent();
    }

    @Override
    public String detail(LaneKey lane) {
        if (!handlers.has(lane.type())) {
            return "none for " + lane.type() + " since " + withoutHandler.since(lane.type())
                    + handlers.leaving(lane.type());
        }
        TypePin pin = types.pin(lane.type());
        String pinned = pin == null ? "" : pin.versions() + ", as " + TypePin.FACTORY + "-" + lane.type() + " says";
        if (pin != null && pin.fault() != null) {
            return "none may run " + lane.type() + ": " + pin.fault();
        } else if (lane.handlerVersion() == null) {
            return "none for " + lane.type() + " in " + pinned;
        }
        return "none for " + lane.type() + " in " + lane.handlerVersion() + (pin == null ? "" : " and in " + pinned);
    }
}

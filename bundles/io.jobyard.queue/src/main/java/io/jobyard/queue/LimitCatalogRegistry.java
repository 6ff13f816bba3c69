// SPDX-License-Identifier: Apache-2.0
package io.jobyard.queue;

import io.jobyard.api.Finding;
import io.jobyard.api.StateConflictException;
import io.jobyard.settings.api.Derived;
import io.jobyard.spi.access.Access;
import io.jobyard.spi.jobs.Routing;
import io.jobyard.spi.limits.BuiltInLimits;
import io.jobyard.spi.limits.LimitDefinition;
import io.jobyard.spi.limits.LimitKind;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;

/** Registry of queues and limits: the configured ones, each of which is a component, and those in the database. Returns snapshots. */
@Component(service = {LimitCatalogRegistry.class, Routing.class})
public final class LimitCatalogRegistry implements Routing {

    private final Map<ConfiguredQueue, Runnable> queues = new ConcurrentHashMap<>();
    private final Map<ConfiguredLimit, Runnable> limits = new ConcurrentHashMap<>();
    private final DefinedLimits<NamedQueueSettings> definedQueues = ofQueues();
    private final DefinedLimits<LimitSettings> definedLimits = ofLimits();
    private final Set<BuiltInLimits> builtIn = ConcurrentHashMap.newKeySet();
    private final Access access;
    private final Runnable endOfQuotas;
    private final Derived<LimitCatalog> catalog;

    @Activate
    public LimitCatalogRegistry(@Reference Access access) {
        this.access = access;
        catalog = new Derived<>(this::make);
        endOfQuotas = access.onChange(catalog::changed);
    }

    @Deactivate
    void stop() {
        endOfQuotas.run();
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    public void bindQueue(ConfiguredQueue queue) {
        queues.put(queue, queue.onChange(changed -> catalog.changed()));
        catalog.changed();
    }

    void unbindQueue(ConfiguredQueue queue) {
        Objects.requireNonNull(queues.remove(queue)).run();
        catalog.changed();
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    public void bindLimit(ConfiguredLimit limit) {
        limits.put(limit, limit.onChange(changed -> catalog.changed()));
        catalog.changed();
    }

    void unbindLimit(ConfiguredLimit limit) {
        Objects.requireNonNull(limits.remove(limit)).run();
        catalog.changed();
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    public void bindBuiltIn(BuiltInLimits limits) {
        builtIn.add(limits);
        catalog.changed();
    }

    void unbindBuiltIn(BuiltInLimits limits) {
        builtIn.remove(limits);
        catalog.changed();
    }

    private static DefinedLimits<NamedQueueSettings> ofQueues() {
        return new DefinedLimits<>(
                LimitKind.QUEUE, NamedQueueSettings.FACTORY, NamedQueueSettings::read, NamedQueueSettings::shut);
    }

    private static DefinedLimits<LimitSettings> ofLimits() {
        return new DefinedLimits<>(
                LimitKind.LIMIT,
                LimitSettings.FACTORY,
                LimitSettings::read,
                (settings, fault) -> LimitSettings.shut(fault));
    }

    @Override
    public String route(String type) {
        return current().route(type);
    }

    LimitCatalog current() {
        return catalog.get();
    }

    /** Adds a listener for changes. It is called on the thread of the change. */
    Runnable onChange(Runnable listener) {
        return catalog.onChange(listener);
    }

    /** Loads the stored definitions. */
    void begin(List<LimitDefinition> definitions) {
        synchronized (this) {
            definedQueues.begin(definitions);
            definedLimits.begin(definitions);
        }
        catalog.changed();
    }

    /** Applies a changed definition from the store. */
    void defined(LimitDefinition definition) {
        synchronized (this) {
            definedQueues.follow(definition);
            definedLimits.follow(definition);
        }
        catalog.changed();
    }

    /** Throws an exception if the definition is not allowed. */
    synchronized void requireDefinable(LimitDefinition definition) {
        String name = definition.name();
        boolean isLimit = definition.kind() == LimitKind.LIMIT;
        (isLimit ? definedLimits : definedQueues).requireDefinable(definition);
        if (definition.version() == 1
                && (isLimit ? limitFiles().keySet() : queueFiles().keySet()).contains(name)) {
            throw new StateConflictException(definition.kind().text() + " " + name + " is from a file: change etc/"
                    + (isLimit ? LimitSettings.FACTORY : NamedQueueSettings.FACTORY) + "-" + name + ".cfg");
        }
    }

    /** Returns the findings about stored definitions. */
    synchronized List<Finding> findings() {
        return Stream.concat(
                        definedQueues.findings(queueFiles().keySet()),
                        definedLimits.findings(limitFiles().keySet()))
                .toList();
    }

    private Map<String, NamedQueueSettings> queueFiles() {
        Map<String, NamedQueueSettings> named = new HashMap<>();
        queues.keySet().forEach(queue -> named.put(queue.name().shown(), queue.current()));
        return named;
    }

    private Map<String, LimitSettings> limitFiles() {
        Map<String, LimitSettings> named = new HashMap<>();
        limits.keySet().forEach(limit -> named.put(limit.name().shown(), limit.current()));
        return named;
    }

    private synchronized LimitCatalog make() {
        List<LimitDefinition> brought =
                builtIn.stream().flatMap(each -> each.definitions().stream()).toList();
        Map<String, NamedQueueSettings> allQueues = over(ofQueues(), brought);
        Map<String, NamedQueueSettings> configuredQueues = definedQueues.over(queueFiles());
        Set<String> builtInQueues = without(allQueues, configuredQueues);
        allQueues.putAll(configuredQueues);
        Map<String, LimitSettings> allLimits = over(ofLimits(), brought);
        Map<String, LimitSettings> configuredLimits = definedLimits.over(limitFiles());
        Set<String> builtInLimits = without(allLimits, configuredLimits);
        allLimits.putAll(configuredLimits);
        return new LimitCatalog(
                allQueues,
                allLimits,
                access.quotas(),
                new LimitCatalog.LimitNames(definedQueues.names(), definedLimits.names()),
                new LimitCatalog.LimitNames(builtInQueues, builtInLimits));
    }

    private static <T> Map<String, T> over(DefinedLimits<T> form, List<LimitDefinition> definitions) {
        form.begin(definitions);
        return form.over(Map.of());
    }

    private static Set<String> without(Map<String, ?> all, Map<String, ?> configured) {
        Set<String> names = new HashSet<>(all.keySet());
        names.removeAll(configured.keySet());
        return Set.copyOf(names);
    }
}

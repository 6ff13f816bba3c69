// SPDX-License-Identifier: Apache-2.0
package io.jobyard.access;

import io.jobyard.api.Finding;
import io.jobyard.settings.api.Derived;
import io.jobyard.settings.api.Settings;
import io.jobyard.spi.Examiner;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleEvent;
import org.osgi.framework.BundleListener;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Registry of the configured roles, each a component; it returns snapshots. Denies access by default while the access configuration
 * has a mistake, and reports the mistake.
 */
@Component(service = {RoleRegistry.class, Examiner.class})
public final class RoleRegistry implements Examiner {

    private record Snapshot(Roles roles, List<Finding> faults) {}

    private static final Logger LOG = LoggerFactory.getLogger(RoleRegistry.class);
    private static final int COMES_OR_GOES = BundleEvent.INSTALLED | BundleEvent.UNINSTALLED | BundleEvent.UPDATED;

    private final Map<ConfiguredRole, Runnable> roles = new ConcurrentHashMap<>();
    private final Settings<AccessSettings> settings;
    private final Supplier<Set<String>> bundles;
    private final Supplier<Set<String>> strays;
    private final List<Runnable> ends = new CopyOnWriteArrayList<>();
    private final Derived<Snapshot> current = new Derived<>(this::make);
    /** The findings that were already logged. */
    private List<Finding> warned = List.of();

    @Activate
    public RoleRegistry(
            BundleContext context, @Reference AccessSettingsComponent settings, @Reference StrayConfigurations strays) {
        this(settings, () -> installed(context), strays::pids);
        BundleListener listener = event -> {
            if ((event.getType() & COMES_OR_GOES) != 0) {
                reconsider();
            }
        };
        context.addBundleListener(listener);
        ends.add(() -> context.removeBundleListener(listener));
        ends.add(strays.onChange(this::renew));
        renew();
    }

    RoleRegistry(Settings<AccessSettings> settings, Supplier<Set<String>> bundles, Supplier<Set<String>> strays) {
        this.settings = settings;
        this.bundles = bundles;
        this.strays = strays;
        ends.add(settings.onChange(changed -> renew()));
        current.get();
    }

    private static Set<String> installed(BundleContext context) {
        return Stream.of(context.getBundles())
                .filter(bundle -> bundle.getState() != Bundle.UNINSTALLED && bundle.getSymbolicName() != null)
                .map(Bundle::getSymbolicName)
                .collect(Collectors.toSet());
    }

    @Deactivate
    void stop() {
        ends.forEach(Runnable::run);
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    void bind(ConfiguredRole role) {
        roles.put(role, role.onChange(changed -> renew()));
        renew();
    }

    void unbind(ConfiguredRole role) {
        Objects.requireNonNull(roles.remove(role)).run();
        renew();
    }

    Roles current() {
        return current.get().roles();
    }

    @Override
    public List<Finding> examine() {
        return current.get().faults();
    }

    /** Adds a listener that is called for each change, on the thread that makes the change. */
    Runnable onChange(Runnable listener) {
        return current.onChange(listener);
    }

    void renew() {
        current.changed();
    }

    /** Handles an added or removed bundle, which usually changes nothing. */
    private void reconsider() {
        if (!snapshot().faults().equals(current.get().faults())) {
            renew();
        }
    }

    /** Creates a snapshot. Requires the lock of {@link #current}. */
    private Snapshot make() {
        Snapshot next = snapshot();
        next.faults().stream().filter(fault -> !warned.contains(fault)).forEach(RoleRegistry::warn);
        warned = next.faults();
        return next;
    }

    private static void warn(Finding fault) {
        LOG.warn("{}: {}; {}", fault.subject(), fault.problem(), fault.fix());
    }

    private Snapshot snapshot() {
        Map<String, RoleSettings> named = new HashMap<>();
        roles.keySet().forEach(role -> named.put(role.shown(), role.current()));
        List<Finding> faults = AccessFaults.of(named, bundles.get(), strays.get());
        return new Snapshot(new Roles(settings.current(), named, !faults.isEmpty()), faults);
    }
}

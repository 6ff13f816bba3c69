// SPDX-License-Identifier: Apache-2.0
package io.jobyard.access;

import io.jobyard.api.spi.Settings;
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

/** Collects the roles that are configured, each a component, and hands out snapshots of all. */
@Component(service = RoleRegistry.class)
public final class RoleRegistry {

    private final Map<ConfiguredRole, Runnable> roles = new ConcurrentHashMap<>();
    private final Settings<AccessSettings> settings;
    private final Runnable endOfSettings;
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
    private volatile Roles current;

    @Activate
    public RoleRegistry(@Reference AccessSettingsComponent settings) {
        this(settings.settings());
    }

    RoleRegistry(Settings<AccessSettings> settings) {
        this.settings = settings;
        endOfSettings = settings.onChange(changed -> renew());
        current = snapshot();
    }

    @Deactivate
    void stop() {
        endOfSettings.run();
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    void bind(ConfiguredRole role) {
        roles.put(role, role.settings().onChange(changed -> renew()));
        renew();
    }

    void unbind(ConfiguredRole role) {
        roles.remove(role).run();
        renew();
    }

    Roles current() {
        return current;
    }

    /** Hears of each change, on the thread that brings it. */
    Runnable onChange(Runnable listener) {
        listeners.add(listener);
        return () -> listeners.remove(listener);
    }

    private synchronized void renew() {
        current = snapshot();
        listeners.forEach(Runnable::run);
    }

    private Roles snapshot() {
        Map<String, RoleSettings> named = new HashMap<>();
        roles.keySet().forEach(role -> named.put(role.name(), role.settings().current()));
        return new Roles(settings.current(), named);
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.jobyard.access;

import io.jobyard.settings.api.StoredConfiguration;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.osgi.service.cm.ConfigurationAdmin;
import org.osgi.service.cm.ConfigurationEvent;
import org.osgi.service.cm.ConfigurationListener;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds configurations that concern access by their name or keys but have no reader, most likely because the name
 * of a role's file is mistyped.
 */
@Component(service = {StrayConfigurations.class, ConfigurationListener.class})
public final class StrayConfigurations implements ConfigurationListener {

    private static final Logger LOG = LoggerFactory.getLogger(StrayConfigurations.class);

    /** Location that keeps the configuration's bundle unchanged. */
    private static final String ANY_LOCATION = "?";

    private final ConfigurationAdmin admin;
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
    private final Set<String> pids = ConcurrentHashMap.newKeySet();

    @Activate
    public StrayConfigurations(@Reference ConfigurationAdmin admin) throws IOException {
        this.admin = admin;
        pids.addAll(look());
    }

    @Override
    public void configurationEvent(ConfigurationEvent event) {
        String pid = event.getPid();
        try {
            if (isStray(event) ? pids.add(pid) : pids.remove(pid)) {
                listeners.forEach(Runnable::run);
            }
        } catch (IOException e) {
            LOG.warn("Cannot read {} ({}): access is unchanged", pid, e.getMessage());
        }
    }

    /** Returns whether the configuration is stray. Reads only this configuration: a query would make Config Admin scan all of them. */
    private boolean isStray(ConfigurationEvent event) throws IOException {
        return event.getType() == ConfigurationEvent.CM_UPDATED
                && !isAccess(event.getPid(), event.getFactoryPid())
                && StoredConfiguration.of(admin.getConfiguration(event.getPid(), ANY_LOCATION))
                        .filter(StrayConfigurations::isStray)
                        .isPresent();
    }

    Set<String> pids() {
        return Set.copyOf(pids);
    }

    Runnable onChange(Runnable listener) {
        listeners.add(listener);
        return () -> listeners.remove(listener);
    }

    private Set<String> look() throws IOException {
        return StoredConfiguration.list(admin, null).stream()
                .filter(StrayConfigurations::isStray)
                .map(StoredConfiguration::pid)
                .collect(Collectors.toUnmodifiableSet());
    }

    private static boolean isStray(StoredConfiguration one) {
        return isStray(one.pid(), one.factory(), one.raw().keySet());
    }

    static boolean isStray(String pid, @Nullable String factory, Set<String> keys) {
        if (isAccess(pid, factory)) {
            return false;
        }
        String kind = (factory == null ? pid : factory).toLowerCase(Locale.ROOT).replaceFirst("[-~].*", "");
        boolean hasMembers = keys.contains("members");
        boolean hasPermissions = keys.contains("permissions");
        return kind.contains("jobyard")
                ? kind.contains("role") || kind.contains("acces") || hasMembers || hasPermissions || hasDefault(keys)
                : hasMembers && hasPermissions || hasDefault(keys);
    }

    private static boolean isAccess(String pid, @Nullable String factory) {
        return factory == null ? pid.equals(AccessSettings.PID) : factory.equals(RoleSettings.FACTORY);
    }

    private static boolean hasDefault(Set<String> keys) {
        return keys.contains("bundles.default");
    }
}

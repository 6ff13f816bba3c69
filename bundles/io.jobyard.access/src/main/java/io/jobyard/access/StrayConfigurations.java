// SPDX-License-Identifier: Apache-2.0
package io.jobyard.access;

import java.io.IOException;
import java.util.Collections;
import java.util.Dictionary;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;
import org.osgi.service.cm.ConfigurationEvent;
import org.osgi.service.cm.ConfigurationListener;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds configurations that are about access by their name or keys but that nobody reads: most likely the name of a role's
 * file is mistyped.
 */
@Component(service = {StrayConfigurations.class, ConfigurationListener.class})
public final class StrayConfigurations implements ConfigurationListener {

    private static final Logger LOG = LoggerFactory.getLogger(StrayConfigurations.class);

    /** Leaves the bundle to which a configuration belongs as it is. */
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
            LOG.warn("{} cannot be looked at ({}): access stays as it was", pid, e.getMessage());
        }
    }

    /** Asks for the one configuration: Config Admin looks for it in a list by going through all. */
    private boolean isStray(ConfigurationEvent event) throws IOException {
        return event.getType() == ConfigurationEvent.CM_UPDATED
                && !isAccess(event.getPid(), event.getFactoryPid())
                && stray(admin.getConfiguration(event.getPid(), ANY_LOCATION)).count() > 0;
    }

    Set<String> pids() {
        return Set.copyOf(pids);
    }

    Runnable onChange(Runnable listener) {
        listeners.add(listener);
        return () -> listeners.remove(listener);
    }

    private Set<String> look() throws IOException {
        try {
            Configuration[] all = admin.listConfigurations(null);
            return all == null
                    ? Set.of()
                    : Stream.of(all).flatMap(StrayConfigurations::stray).collect(Collectors.toUnmodifiableSet());
        } catch (InvalidSyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Its PID if it is stray; empty if it was deleted since it was listed. */
    private static Stream<String> stray(Configuration one) {
        try {
            String pid = one.getPid();
            return isStray(pid, one.getFactoryPid(), keys(one.getProperties())) ? Stream.of(pid) : Stream.empty();
        } catch (IllegalStateException e) {
            return Stream.empty();
        }
    }

    private static Set<String> keys(@Nullable Dictionary<String, Object> properties) {
        return properties == null ? Set.of() : Set.copyOf(Collections.list(properties.keys()));
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

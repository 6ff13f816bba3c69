// SPDX-License-Identifier: Apache-2.0
package io.jobyard.doubles;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Dictionary;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;
import org.osgi.service.cm.ConfigurationEvent;

/** A Config Admin that holds configurations in memory, and parts of it may be broken. */
public final class FakeConfigurationAdmin {

    private final Map<String, Map<String, Object>> stored = new TreeMap<>();
    private boolean unreadable;
    private String broken = "";
    private String vanishing = "";

    /** The PIDs in the order in which they were updated. */
    public final List<String> updated = new ArrayList<>();

    public ConfigurationAdmin service() {
        return Stub.<ConfigurationAdmin>of(ConfigurationAdmin.class)
                .on("listConfigurations", arguments -> list((String) arguments[0]))
                .on("getConfiguration", arguments -> configuration((String) arguments[0]))
                .on("getFactoryConfiguration", arguments -> configuration(arguments[0] + "~" + arguments[1]))
                .get();
    }

    private Configuration @Nullable [] list(@Nullable String filter) throws IOException, InvalidSyntaxException {
        if (unreadable) {
            throw new IOException("gone");
        }
        List<Configuration> found = new ArrayList<>();
        for (String pid : stored.keySet()) {
            if (filter == null || FrameworkUtil.createFilter(filter).match(properties(pid, Map.of()))) {
                found.add(configuration(pid));
            }
        }
        return found.isEmpty() ? null : found.toArray(Configuration[]::new);
    }

    private Configuration configuration(String pid) {
        return Stub.<Configuration>of(Configuration.class)
                .on("getPid", arguments -> present(pid))
                .on("getFactoryPid", arguments -> factory(present(pid)))
                .on("getProperties", arguments -> {
                    Map<String, Object> values = stored.get(present(pid));
                    return values == null ? null : properties(pid, values);
                })
                .with("getAttributes", Set.of())
                .on("updateIfDifferent", arguments -> {
                    fail(pid);
                    Map<String, Object> values = new TreeMap<>();
                    Dictionary<?, ?> given = (Dictionary<?, ?>) arguments[0];
                    given.keys().asIterator().forEachRemaining(key -> values.put(key.toString(), given.get(key)));
                    put(pid, values);
                    updated.add(pid);
                    return true;
                })
                .on("delete", arguments -> {
                    fail(pid);
                    remove(pid);
                    return null;
                })
                .get();
    }

    private static @Nullable String factory(String pid) {
        return pid.contains("~") ? pid.substring(0, pid.indexOf('~')) : null;
    }

    private static Dictionary<String, Object> properties(String pid, Map<String, Object> values) {
        Hashtable<String, Object> properties = new Hashtable<>(values);
        properties.put("service.pid", pid);
        String factory = factory(pid);
        if (factory != null) {
            properties.put("service.factoryPid", factory);
        }
        return properties;
    }

    private void fail(String pid) throws IOException {
        if (pid.equals(broken)) {
            throw new IOException("broken");
        }
    }

    private String present(String pid) {
        if (pid.equals(vanishing)) {
            throw new IllegalStateException("Configuration " + pid + " deleted");
        }
        return pid;
    }

    public void put(String pid, Map<String, Object> properties) {
        stored.put(pid, properties);
    }

    public void remove(String pid) {
        stored.remove(pid);
    }

    /** What it tells of a configuration: that it was deleted if it is not there, else that it was changed. */
    public ConfigurationEvent event(String pid) {
        int type = stored.containsKey(pid) ? ConfigurationEvent.CM_UPDATED : ConfigurationEvent.CM_DELETED;
        ServiceReference<ConfigurationAdmin> self = Stub.<ServiceReference<ConfigurationAdmin>>of(
                        ServiceReference.class)
                .get();
        return new ConfigurationEvent(self, type, factory(pid), pid);
    }

    /** It is deleted by somebody each time right after it was listed. */
    public void vanishing(String pid) {
        vanishing = pid;
    }

    /** It can be neither changed nor deleted. */
    public void broken(String pid) {
        broken = pid;
    }

    public void mended() {
        broken = "";
    }

    /** Nothing can be listed. */
    public void unreadable() {
        unreadable = true;
    }

    /** In order. */
    public Set<String> pids() {
        return new TreeSet<>(stored.keySet());
    }

    /** As they were put. */
    public @Nullable Map<String, Object> properties(String pid) {
        return stored.get(pid);
    }
}

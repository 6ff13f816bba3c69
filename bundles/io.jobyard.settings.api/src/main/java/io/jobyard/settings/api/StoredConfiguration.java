// SPDX-License-Identifier: Apache-2.0
package io.jobyard.settings.api;

import java.io.IOException;
import java.util.Collections;
import java.util.Dictionary;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;

/**
 * Snapshot of a configuration in Config Admin, whose own object throws an exception after a deletion.
 *
 * @param factory PID of the factory; null for a single configuration
 * @param raw values, including those of Config Admin
 * @param configuration object for changes and deletion
 */
public record StoredConfiguration(
        String pid, @Nullable String factory, Map<String, Object> raw, Configuration configuration) {

    /**
     * Returns configurations, without those that are deleted meanwhile.
     *
     * @param filter LDAP filter; null for all
     * @throws IOException if Config Admin cannot read them
     */
    public static List<StoredConfiguration> list(ConfigurationAdmin admin, @Nullable String filter) throws IOException {
        try {
            return Stream.ofNullable(admin.listConfigurations(filter))
                    .flatMap(Stream::of)
                    .map(StoredConfiguration::of)
                    .flatMap(Optional::stream)
                    .toList();
        } catch (InvalidSyntaxException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }

    /** Reads one configuration; empty if it was deleted since Config Admin returned it. */
    public static Optional<StoredConfiguration> of(Configuration configuration) {
        try {
            Map<String, Object> raw = new TreeMap<>();
            Dictionary<String, Object> properties = configuration.getProperties();
            if (properties != null) {
                Collections.list(properties.keys()).forEach(key -> raw.put(key, properties.get(key)));
            }
            return Optional.of(
                    new StoredConfiguration(configuration.getPid(), configuration.getFactoryPid(), raw, configuration));
        } catch (IllegalStateException e) {
            return Optional.empty();
        }
    }
}

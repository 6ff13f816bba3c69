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
 * A configuration as Config Admin held it at one moment: its own object throws once somebody has deleted it.
 *
 * @param factory the factory's PID; null if it is the only one of its PID
 * @param raw its values, Config Admin's own among them
 * @param configuration to be changed or deleted
 */
public record StoredConfiguration(
        String pid, @Nullable String factory, Map<String, Object> raw, Configuration configuration) {

    /**
     * Lists configurations, without those that are deleted meanwhile.
     *
     * @param filter an LDAP filter; null for all
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

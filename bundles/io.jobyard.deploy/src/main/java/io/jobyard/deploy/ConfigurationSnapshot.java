// SPDX-License-Identifier: Apache-2.0
package io.jobyard.deploy;

import java.net.URI;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Dictionary;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.osgi.service.cm.Configuration;

/**
 * A configuration as Config Admin held it at one moment.
 *
 * @param configuration to be changed or deleted; says nothing more once somebody has deleted it
 * @param values what it said
 * @param file the file that it came from; null if that is none, or none that can be looked for
 */
record ConfigurationSnapshot(
        String pid,
        Configuration configuration,
        Map<String, Object> values,
        @Nullable Path file) {

    /** The key under which File Install keeps the file of a configuration, too. */
    static final String FILE = "felix.fileinstall.filename";

    private static final Set<String> CONFIG_ADMINS = Set.of("service.pid", "service.factoryPid", FILE);

    /** Empty if it was deleted since it was listed. */
    static Optional<ConfigurationSnapshot> of(Configuration configuration) {
        try {
            Dictionary<String, Object> properties = configuration.getProperties();
            Map<String, Object> values = new TreeMap<>();
            for (String key : Collections.list(properties.keys())) {
                if (!CONFIG_ADMINS.contains(key)) {
                    values.put(key, properties.get(key));
                }
            }
            return Optional.of(new ConfigurationSnapshot(
                    configuration.getPid(), configuration, values, path(String.valueOf(properties.get(FILE)))));
        } catch (IllegalStateException e) {
            return Optional.empty();
        }
    }

    private static @Nullable Path path(String location) {
        try {
            return location.startsWith("file:/") ? Path.of(URI.create(location)) : null;
        } catch (IllegalArgumentException e) {
            return null;
        }
    }
}

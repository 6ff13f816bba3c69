// SPDX-License-Identifier: Apache-2.0
package io.jobyard.deploy;

import io.jobyard.settings.api.StoredConfiguration;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
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

    static ConfigurationSnapshot of(StoredConfiguration stored) {
        Map<String, Object> values = new TreeMap<>(stored.raw());
        values.keySet().removeAll(CONFIG_ADMINS);
        return new ConfigurationSnapshot(
                stored.pid(),
                stored.configuration(),
                values,
                path(String.valueOf(stored.raw().get(FILE))));
    }

    private static @Nullable Path path(String location) {
        try {
            return location.startsWith("file:/") ? Path.of(URI.create(location)) : null;
        } catch (IllegalArgumentException e) {
            return null;
        }
    }
}

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
 * @param configuration the object for changes and deletion; unusable after a deletion
 * @param file the file that it came from; null if it has no file, or a file that cannot be located
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

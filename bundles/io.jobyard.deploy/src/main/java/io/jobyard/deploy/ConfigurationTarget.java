// SPDX-License-Identifier: Apache-2.0
package io.jobyard.deploy;

import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;

/**
 * The configuration that a file is meant for.
 *
 * @param pid of a single one, or of the factory
 * @param name of the factory's; null for a single one
 */
record ConfigurationTarget(String pid, @Nullable String name) {

    static ConfigurationTarget single(String pid) {
        return new ConfigurationTarget(pid, null);
    }

    /** As Config Admin calls it. */
    String configuredPid() {
        return name == null ? pid : pid + "~" + name;
    }

    /** As its file has to be called. */
    String file() {
        return (name == null ? pid : pid + "-" + name) + FileName.SUFFIX;
    }

    /** The one there is, or a new one, for whatever bundle reads it. */
    Configuration in(ConfigurationAdmin admin) throws IOException {
        return name == null ? admin.getConfiguration(pid, "?") : admin.getFactoryConfiguration(pid, name, "?");
    }
}

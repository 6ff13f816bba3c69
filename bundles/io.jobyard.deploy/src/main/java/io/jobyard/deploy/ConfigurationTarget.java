// SPDX-License-Identifier: Apache-2.0
package io.jobyard.deploy;

import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;

/**
 * Target configuration of a file.
 *
 * @param pid the PID of a single configuration, or of a factory
 * @param name the name of the factory's configuration; null for a single one
 */
record ConfigurationTarget(String pid, @Nullable String name) {

    static ConfigurationTarget single(String pid) {
        return new ConfigurationTarget(pid, null);
    }

    /** Returns the PID in Config Admin. */
    String configuredPid() {
        return name == null ? pid : pid + "~" + name;
    }

    /** Returns the correct name of the file. */
    String file() {
        return (name == null ? pid : pid + "-" + name) + FileName.SUFFIX;
    }

    /** Returns the existing configuration or a new one, readable by any bundle. */
    Configuration in(ConfigurationAdmin admin) throws IOException {
        return name == null ? admin.getConfiguration(pid, "?") : admin.getFactoryConfiguration(pid, name, "?");
    }
}

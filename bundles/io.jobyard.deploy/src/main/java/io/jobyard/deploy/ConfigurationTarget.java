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

    /** Its PID in Config Admin. */
    String configuredPid() {
        return name == null ? pid : pid + "~" + name;
    }

    /** The right name of its file. */
    String file() {
        return (name == null ? pid : pid + "-" + name) + FileName.SUFFIX;
    }

    /** The existing configuration or a new one, readable by any bundle. */
    Configuration in(ConfigurationAdmin admin) throws IOException {
        return name == null ? admin.getConfiguration(pid, "?") : admin.getFactoryConfiguration(pid, name, "?");
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.jobyard.settings.api;

import java.util.List;
import java.util.Map;

/** Check of a configuration with the code that would apply it, without applying it. Registered as a service, one for each PID. */
public interface SettingsCheck {

    /**
     * Returns the checked PID.
     *
     * @return PID of a single configuration, or of a factory
     */
    String pid();

    /** Returns whether {@link #pid} is a factory PID, which has any number of configurations. */
    boolean isFactory();

    /**
     * Checks a configuration.
     *
     * @param name name within a factory; ignored for a single configuration
     * @param raw configuration, as from Config Admin
     * @return problems as in the log and the doctor, one per line; empty if it is valid
     */
    List<String> check(String name, Map<String, ?> raw);
}

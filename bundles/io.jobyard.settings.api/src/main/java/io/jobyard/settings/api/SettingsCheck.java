// SPDX-License-Identifier: Apache-2.0
package io.jobyard.settings.api;

import java.util.List;
import java.util.Map;

/** Checks a configuration by the code that would take it, and applies nothing. Registered as a service, one for each PID. */
public interface SettingsCheck {

    /**
     * Returns the checked PID.
     *
     * @return the PID of a single configuration, or of a factory
     */
    String pid();

    /** Whether {@link #pid} is a factory's, with any number of configurations. */
    boolean isFactory();

    /**
     * Checks a configuration.
     *
     * @param name its name within a factory; ignored for a single one
     * @param raw the configuration as from Config Admin
     * @return the problems, in the words of the log and the doctor, one per line; empty if it is valid
     */
    List<String> check(String name, Map<String, ?> raw);
}

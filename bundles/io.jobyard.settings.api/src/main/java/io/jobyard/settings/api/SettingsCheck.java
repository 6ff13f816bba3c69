// SPDX-License-Identifier: Apache-2.0
package io.jobyard.settings.api;

import java.util.List;
import java.util.Map;

/** Checks a configuration by the code that would take it, and applies nothing. Registered as a service, one for each PID. */
public interface SettingsCheck {

    /** Returns the PID of the checked configuration, or of its factory. */
    String pid();

    /** Whether {@link #pid} is a factory's, with any number of configurations. */
    boolean isFactory();

    /**
     * Checks one.
     *
     * @param name what a configuration of a factory is called; not looked at for a single one
     * @param raw the configuration as Config Admin would give it
     * @return what is wrong, in the words of the log and the doctor, a line each; empty if it would be taken
     */
    List<String> check(String name, Map<String, ?> raw);
}

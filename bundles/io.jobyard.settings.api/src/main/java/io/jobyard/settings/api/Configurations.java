// SPDX-License-Identifier: Apache-2.0
package io.jobyard.settings.api;

import io.jobyard.api.Finding;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The configurations of the host: active values and their sources. */
public interface Configurations {

    /**
     * Returns all configurations: each single one that the host reads, written or not, all of factories, and unread ones.
     *
     * @return sorted by name; without the values of secrets
     */
    List<ConfigurationState> all();

    /** Returns the factories, which may have many configurations, for example {@code io.jobyard.limits-NAME}, sorted. */
    List<String> factories();

    /**
     * Checks a file for {@code etc/} with the code that would read it. Applies nothing.
     *
     * @param file the file's name there
     * @return the result
     * @throws io.jobyard.api.ValidationException if the host would ignore such a file, or no bundle of Jobyard reads it
     */
    CheckedFile check(String file, String text);

    /**
     * Result of a check.
     *
     * @param name required name of the file, without {@code .cfg}
     * @param problems reasons of a rejection, one per line; empty if it is valid
     * @param isChecked whether its values were checked: those of a handler's bundle are not, because the bundle does it when it gets them
     * @param changes changes of the values in force; empty if rejected
     * @param values values that would be in force, by key, without those of secrets; empty if rejected
     */
    record CheckedFile(
            String name,
            List<String> problems,
            boolean isChecked,
            List<ValueChange> changes,
            Map<String, String> values) {}

    /**
     * Change of a value; both are hidden for a secret.
     *
     * @param before value in force; null for none
     * @param after new value; null for none
     */
    record ValueChange(
            String key, @Nullable String before, @Nullable String after) {}

    /**
     * One configuration.
     *
     * @param name name of its file, without {@code .cfg}
     * @param values by key
     * @param problems findings of the doctor; empty if it is in force as written
     */
    record ConfigurationState(String name, List<ConfigurationValue> values, List<Finding> problems) {}

    /**
     * One value.
     *
     * @param value what is in force; empty if nothing is, and {@code (hidden)} for a secret
     * @param source where it comes from
     * @param file the name of the file in {@code etc/}, if the source is one
     * @param refused {@code (hidden)} if something else was written that is not in force, empty if it is empty; null if all is
     */
    record ConfigurationValue(
            String key,
            String value,
            ValueSource source,
            @Nullable String file,
            @Nullable String refused) {}

    /** Source of a value. */
    enum ValueSource {
        /** A file in {@code etc/}. */
        FILE,
        /** Config Admin, where a user set the value. */
        CONFIG_ADMIN,
        /** The last valid configuration, because the current one was rejected. */
        LAST_GOOD,
        /** Nobody wrote one. */
        DEFAULT,
        /** No valid configuration has existed yet. */
        NONE
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.jobyard.settings.api;

import io.jobyard.api.Finding;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Configurations of the host: active values and their sources. */
public interface Configurations {

    /**
     * Returns all configurations: the single ones that the host reads, whether written or not, those of factories, and those that no
     * component reads.
     *
     * @return configurations sorted by name, without the values of secrets
     */
    List<ConfigurationState> all();

    /** Returns the factories, sorted. A factory may have many configurations, for example {@code io.jobyard.limits-NAME}. */
    List<String> factories();

    /**
     * Checks a file for {@code etc/} with the code that would read it, without applying it.
     *
     * @param file file name in {@code etc/}
     * @return the result
     * @throws io.jobyard.api.ValidationException if the host would ignore the file, or no bundle of Jobyard reads it
     */
    CheckedFile check(String file, String text);

    /**
     * Result of a check.
     *
     * @param name correct file name without {@code .cfg}
     * @param problems reasons of a rejection, one per line; empty if the file is valid
     * @param isChecked whether its values were checked; false for a handler's bundle, which checks its values itself
     * @param changes changes of the active values; empty if rejected
     * @param values values that would be active, by key, without secrets; empty if rejected
     */
    record CheckedFile(
            String name,
            List<String> problems,
            boolean isChecked,
            List<ValueChange> changes,
            Map<String, String> values) {}

    /**
     * Change of a value. Both values are hidden for a secret.
     *
     * @param before active value; null for none
     * @param after new value; null for none
     */
    record ValueChange(
            String key, @Nullable String before, @Nullable String after) {}

    /**
     * One configuration.
     *
     * @param name file name without {@code .cfg}
     * @param values values by key
     * @param problems findings of the doctor; empty if the configuration is active as written
     */
    record ConfigurationState(String name, List<ConfigurationValue> values, List<Finding> problems) {}

    /**
     * Value of a key.
     *
     * @param value active value; empty for none, and {@code (hidden)} for a secret
     * @param source source of the value
     * @param file file name in {@code etc/}, if the source is a file
     * @param refused {@code (hidden)} if another written value is not active, empty if that value is empty; null for none
     */
    record ConfigurationValue(
            String key,
            String value,
            ValueSource source,
            @Nullable String file,
            @Nullable String refused) {}

    /** Source of a value. */
    enum ValueSource {
        /** File in {@code etc/}. */
        FILE,
        /** Config Admin: a user set the value there. */
        CONFIG_ADMIN,
        /** The last valid configuration, because the current one was rejected. */
        LAST_GOOD,
        /** Default: the value was not written. */
        DEFAULT,
        /** None: no valid configuration has existed yet. */
        NONE
    }
}

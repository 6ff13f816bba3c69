// SPDX-License-Identifier: Apache-2.0
package io.jobyard.settings.api;

import io.jobyard.api.Finding;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The configurations of the host: the values in force, and where they come from. */
public interface Configurations {

    /**
     * All configurations: each single one that the host reads, written or not, all of factories, and those that nobody reads.
     *
     * @return sorted by name; without the values of secrets
     */
    List<ConfigurationState> all();

    /**
     * The factories, of which there may be many configurations.
     *
     * @return such as {@code io.jobyard.limits-NAME}, sorted
     */
    List<String> factories();

    /**
     * Checks what a file of {@code etc/} would bring, by the code that would take it. Applies nothing.
     *
     * @param file the file's name there
     * @param text its content
     * @return what would come of it
     * @throws io.jobyard.api.ValidationException if the host would leave such a file alone, or nobody of Jobyard reads it
     */
    CheckedFile check(String file, String text);

    /**
     * What a file would bring.
     *
     * @param name as the file has to be called, without {@code .cfg}
     * @param problems why it would be refused, a line each; empty if it would be taken
     * @param isChecked whether its values were looked at: those of a handler's bundle are not, it does so when it takes them
     * @param changes what would be in force otherwise than now; empty if it would be refused
     * @param values what would be in force, by key, without the values of secrets; empty if it would be refused
     */
    record CheckedFile(
            String name,
            List<String> problems,
            boolean isChecked,
            List<ValueChange> changes,
            Map<String, String> values) {}

    /**
     * Another value than before. Of secrets neither is told.
     *
     * @param before what was in force; null if nothing was
     * @param after what is, or would be; null if nothing
     */
    record ValueChange(
            String key, @Nullable String before, @Nullable String after) {}

    /**
     * One configuration.
     *
     * @param name as its file is called, without {@code .cfg}
     * @param values by their keys
     * @param problems what the doctor says of it; empty if it is in force as it was written
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

    /** Where a value comes from. */
    enum ValueSource {
        /** A file in {@code etc/}. */
        FILE,
        /** Config Admin, to which somebody gave it there. */
        CONFIG_ADMIN,
        /** The last good configuration: the one that is there now was refused. */
        LAST_GOOD,
        /** Nobody wrote one. */
        DEFAULT,
        /** Nothing good was there yet. */
        NONE
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.jobyard.settings.api;

import io.jobyard.api.Finding;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The configurations of the host: the values in force, and where they come from. Safe for use by several threads. */
public interface Configurations {

    /**
     * All configurations: each single one that the host reads, written or not, all of factories, and those that nobody reads.
     *
     * @return sorted by name; without the values of secrets
     */
    List<Configured> all();

    /**
     * The factories, of which there may be many configurations.
     *
     * @return such as {@code io.jobyard.limits-NAME}, sorted
     */
    List<String> factories();

    /**
     * One configuration.
     *
     * @param name as its file is called, without {@code .cfg}
     * @param values by their keys
     * @param problems what the doctor says of it; empty if it is in force as it was written
     */
    record Configured(String name, List<Value> values, List<Finding> problems) {}

    /**
     * One value.
     *
     * @param key its name
     * @param value what is in force; empty if nothing is, and {@code (hidden)} for a secret
     * @param source where it comes from
     * @param file the name of the file in {@code etc/}, if the source is one
     * @param refused what was written instead and is not in force; null if all is
     */
    record Value(
            String key,
            String value,
            Source source,
            @Nullable String file,
            @Nullable String refused) {}

    /** Where a value comes from. */
    enum Source {
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

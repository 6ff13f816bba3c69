// SPDX-License-Identifier: Apache-2.0
package io.jobyard.settings.api;

import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Files of {@code etc/}. The service is registered if the host itself reads them; in Karaf it is not. */
public interface ConfigurationFiles {

    /** Reads a text as a file of {@code etc/}; empty if the host would ignore a file of this name. */
    Optional<ConfigurationFile> read(String file, String text);

    /**
     * Returns the content of an existing file.
     *
     * @param file its name in {@code etc/}
     * @return its text; empty if the file does not exist
     * @throws io.jobyard.api.ValidationException if it cannot be read
     */
    Optional<String> text(String file);

    /** Changes a text so that it has exactly these values. Keeps lines whose values stay, and all comments. */
    String edited(String text, Map<String, String> values);

    /**
     * Replaces a file atomically. Keeps its mode, owner and group; a new file is readable only by the host's user.
     *
     * @param file its name in {@code etc/}
     * @param before what it says now; null if it is to be new
     * @param after what it is to say
     * @throws io.jobyard.api.ValidationException if it says something else by now, or cannot be written so
     */
    void replace(String file, @Nullable String before, String after);

    /**
     * Configuration in a file.
     *
     * @param pid the PID of a single configuration, or of the factory
     * @param name the name within a factory; otherwise null
     * @param values as Config Admin would get them, including those that explain a rejection
     */
    record ConfigurationFile(String pid, @Nullable String name, String file, Map<String, String> values) {

        /**
         * Returns the required name of the file, without {@code .cfg}.
         *
         * @return for example {@code io.jobyard.limits-openai}
         */
        public String fullName() {
            return name == null ? pid : pid + "-" + name;
        }
    }
}

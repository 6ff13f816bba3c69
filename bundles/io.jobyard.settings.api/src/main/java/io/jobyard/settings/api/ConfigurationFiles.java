// SPDX-License-Identifier: Apache-2.0
package io.jobyard.settings.api;

import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Configuration files in {@code etc/}. The service is registered if the host itself reads them; in Karaf, Karaf reads them. */
public interface ConfigurationFiles {

    /** Parses a text as a file of {@code etc/}. Returns empty if the host would ignore a file of this name. */
    Optional<ConfigurationFile> read(String file, String text);

    /**
     * Returns the content of an existing file.
     *
     * @param file name of the file in {@code etc/}
     * @return text of the file; empty if the file does not exist
     * @throws io.jobyard.api.ValidationException if it cannot be read
     */
    Optional<String> text(String file);

    /** Changes a text so that it has exactly these values. Keeps all comments, and the lines whose values do not change. */
    String edited(String text, Map<String, String> values);

    /**
     * Replaces a file atomically. Keeps its mode, owner and group; a new file is readable only by the host's user.
     *
     * @param file name of the file in {@code etc/}
     * @param before current content; null if the file does not exist
     * @param after new content
     * @throws io.jobyard.api.ValidationException if the current content differs, or the file cannot be written
     */
    void replace(String file, @Nullable String before, String after);

    /**
     * Configuration in a file.
     *
     * @param pid PID of a single configuration, or of a factory
     * @param name name within a factory; null for a single configuration
     * @param values values for Config Admin, including those that explain a rejection
     */
    record ConfigurationFile(String pid, @Nullable String name, String file, Map<String, String> values) {

        /**
         * Returns the required name of the file, without {@code .cfg}.
         *
         * @return file name, for example {@code io.jobyard.limits-openai}
         */
        public String fullName() {
            return name == null ? pid : pid + "-" + name;
        }
    }
}

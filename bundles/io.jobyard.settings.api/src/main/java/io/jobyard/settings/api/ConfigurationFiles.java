// SPDX-License-Identifier: Apache-2.0
package io.jobyard.settings.api;

import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The files of {@code etc/}. The service is there where the host itself reads them; in Karaf it is not. */
public interface ConfigurationFiles {

    /**
     * Reads a file as if it stood in {@code etc/}.
     *
     * @param file its name there
     * @param text its content
     * @return what the host would make of it; empty if it would leave a file of that name alone
     */
    Optional<ConfigurationFile> read(String file, String text);

    /**
     * The content of a file that is there.
     *
     * @param file its name in {@code etc/}
     * @return its text; empty if there is no such file
     * @throws io.jobyard.api.ValidationException if it cannot be read
     */
    Optional<String> text(String file);

    /**
     * Brings values into a text. Lines whose values stay are left as they are, and all comments.
     *
     * @param values all that it is to say
     * @return a text that says exactly that
     */
    String edited(String text, Map<String, String> values);

    /**
     * Replaces a file as a whole, whatever fails. Its mode, owner and group stay; a new one is for the host's user alone.
     *
     * @param file its name in {@code etc/}
     * @param before what it says now; null if it is to be new
     * @param after what it is to say
     * @throws io.jobyard.api.ValidationException if it says something else by now, or cannot be written so
     */
    void replace(String file, @Nullable String before, String after);

    /**
     * What a file asks for.
     *
     * @param pid the PID of a single configuration, or of the factory
     * @param name what it is called, if it is of a factory; else null
     * @param file the file's name
     * @param values as Config Admin would get them, also those that say why the file is refused
     */
    record ConfigurationFile(String pid, @Nullable String name, String file, Map<String, String> values) {

        /**
         * As the file has to be called, without {@code .cfg}.
         *
         * @return such as {@code io.jobyard.limits-openai}
         */
        public String fullName() {
            return name == null ? pid : pid + "-" + name;
        }
    }
}

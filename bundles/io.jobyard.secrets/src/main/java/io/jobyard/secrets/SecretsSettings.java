// SPDX-License-Identifier: Apache-2.0
package io.jobyard.secrets;

import io.jobyard.settings.api.SettingsReader;
import java.nio.file.Path;

/**
 * Checked values of {@code io.jobyard.secrets}.
 *
 * @param directory the directory as configured, relative to the instance
 */
record SecretsSettings(Path directory) {

    static final String PID = "io.jobyard.secrets";
    static final String DIRECTORY = "secrets";

    static SecretsSettings read(SettingsReader reader) {
        return new SecretsSettings(reader.value("directory", Path.of(DIRECTORY), Path::of));
    }

    @Override
    public String toString() {
        return "directory = " + directory;
    }
}

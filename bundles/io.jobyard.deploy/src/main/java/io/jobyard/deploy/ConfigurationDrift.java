// SPDX-License-Identifier: Apache-2.0
package io.jobyard.deploy;

import io.jobyard.api.Finding;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Finds where a file and the configuration in force differ. */
final class ConfigurationDrift {

    private ConfigurationDrift() {}

    /** Returns the finding; empty if Config Admin has the values of the file. */
    static Optional<Finding> of(WantedConfiguration wanted, @Nullable ConfigurationSnapshot held) {
        String file = wanted.target().file();
        String subject = file.substring(0, file.length() - FileName.SUFFIX.length());
        if (wanted.leavesWhatIs()) {
            return Optional.of(new Finding(
                    subject,
                    String.valueOf(wanted.unreadable()),
                    "fix the file; until then, its previous settings stay in force"));
        }
        if (held != null && held.values().equals(wanted.values())) {
            return Optional.empty();
        }
        return Optional.of(new Finding(
                subject,
                "the settings in force differ from etc/" + wanted.file() + ": they were "
                        + (held == null ? "deleted" : "changed") + " through Config Admin",
                "save the file again to put it in force, or write the settings in force into it"));
    }
}

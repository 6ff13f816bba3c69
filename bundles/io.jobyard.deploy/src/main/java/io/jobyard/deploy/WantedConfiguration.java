// SPDX-License-Identifier: Apache-2.0
package io.jobyard.deploy;

import io.jobyard.deploy.EtcFiles.SettledContent;
import io.jobyard.settings.api.SettingsReader;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A configuration requested by a file.
 *
 * @param misnamed why the name is wrong; null if it is correct
 */
record WantedConfiguration(
        ConfigurationTarget target,
        String file,
        SettledContent settled,
        @Nullable String misnamed) {

    /**
     * Returns the configurations by PID. If several files configure one PID, the file with the correct name is used.
     */
    static Map<String, WantedConfiguration> of(Map<String, SettledContent> files) {
        Map<String, WantedConfiguration> all = new LinkedHashMap<>();
        files.forEach((file, settled) -> FileName.of(file)
                .filter(FileName::isRight)
                .ifPresent(name -> all.put(
                        name.target().configuredPid(), new WantedConfiguration(name.target(), file, settled, null))));
        files.forEach((file, settled) -> FileName.of(file)
                .filter(name -> !name.isRight())
                .ifPresent(name -> {
                    WantedConfiguration other = all.get(name.target().configuredPid());
                    WantedConfiguration wanted =
                            other == null ? misnamed(name, settled) : surplus(file, settled, other);
                    all.put(wanted.target().configuredPid(), wanted);
                }));
        return all;
    }

    /** Replaces the intended configuration and closes it. */
    private static WantedConfiguration misnamed(FileName name, SettledContent settled) {
        String why = name.isOurs()
                ? "its name must be " + name.target().file()
                : "its name is not the name of a configuration";
        return new WantedConfiguration(
                name.target(), name.file(), settled, "etc/" + name.file() + " is not in force: " + why);
    }

    /** Returns a configuration under a PID that has no reader, so that it is only shown. */
    private static WantedConfiguration surplus(String file, SettledContent settled, WantedConfiguration other) {
        return new WantedConfiguration(
                ConfigurationTarget.single(file),
                file,
                settled,
                "etc/" + file + " is not in force: etc/" + other.file() + " has the same PID");
    }

    /** Returns why the file cannot be read; null for a readable file. */
    @Nullable
    String unreadable() {
        return settled.content().fault() == null
                ? null
                : "etc/" + file + " cannot be read: " + settled.content().fault();
    }

    /**
     * Returns whether the current values stay, because a bundle that is not part of Jobyard cannot handle a refused
     * file.
     */
    boolean leavesWhatIs() {
        return unreadable() != null
                && misnamed == null
                && FileName.of(file).filter(FileName::isOurs).isEmpty();
    }

    /** Returns the values for Config Admin. */
    Map<String, Object> values() {
        Map<String, Object> values = new TreeMap<>(settled.content().values());
        if (unreadable() != null) {
            values.clear();
            values.put(SettingsReader.UNREADABLE, unreadable());
        }
        if (misnamed != null) {
            values.put(SettingsReader.MISNAMED, misnamed);
        }
        return values;
    }
}

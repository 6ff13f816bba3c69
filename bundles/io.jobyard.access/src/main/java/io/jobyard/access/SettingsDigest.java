// SPDX-License-Identifier: Apache-2.0
package io.jobyard.access;

import io.jobyard.settings.api.Configurations.ConfigurationState;
import io.jobyard.settings.api.Configurations.ValueSource;
import io.jobyard.settings.api.Sha256;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Short digests, one per configuration, of the settings in force that must be equal on all hosts of a database. */
final class SettingsDigest {

    /** Settings that may differ between hosts: thread counts, port and database, the location of secrets, and handler settings. */
    private static final Pattern OWN =
            Pattern.compile("io\\.jobyard\\.(worker|metrics|http|store|secrets|handler\\..*)");

    private static final int LENGTH = 16;

    private SettingsDigest() {}

    /** Returns the digests by the names of the configurations. */
    static Map<String, String> of(List<ConfigurationState> all) {
        Map<String, String> digests = new TreeMap<>();
        all.stream()
                .filter(each -> !OWN.matcher(each.name()).matches())
                .forEach(each -> digests.put(each.name(), digest(each)));
        return digests;
    }

    /** Returns the digest of a configuration, whose secrets are hidden. */
    private static String digest(ConfigurationState configured) {
        String values = configured.values().stream()
                .filter(value -> value.source() != ValueSource.NONE)
                .map(value -> value.key() + "=" + value.value())
                .sorted()
                .collect(Collectors.joining("\n"));
        return Sha256.hex(values).substring(0, LENGTH);
    }

    static String write(Map<String, String> digests) {
        return digests.entrySet().stream()
                .map(each -> each.getKey() + " " + each.getValue())
                .collect(Collectors.joining("\n"));
    }

    static Map<String, String> read(String text) {
        Map<String, String> digests = new TreeMap<>();
        text.lines().forEach(line -> {
            int blank = line.lastIndexOf(' ');
            digests.put(line.substring(0, blank), line.substring(blank + 1));
        });
        return digests;
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.jobyard.access;

import io.jobyard.api.Finding;
import io.jobyard.settings.api.Configurations.ConfigurationState;
import io.jobyard.settings.api.Configurations.ConfigurationValue;
import io.jobyard.settings.api.Configurations.ValueChange;
import io.jobyard.settings.api.Configurations.ValueSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Configuration as written, and its state in force.
 *
 * @param name the name of its file, without extension
 * @param file the file's name; null if it does not come from a file
 * @param lastGood the last valid values; empty if they are unknown or are the defaults
 * @param problems the doctor's findings about it
 */
record WrittenConfiguration(
        String name,
        @Nullable String file,
        Map<String, String> values,
        Map<String, String> lastGood,
        List<Finding> problems) {

    /**
     * Returns the values in force; {@code known} contains the keys that the host reads, or is null if it reads none.
     */
    ConfigurationState inForce(@Nullable KnownPid known) {
        Map<String, String> defaults = known == null ? Map.of() : known.defaults();
        Set<String> secrets = secrets(known);
        boolean isShut = !problems.isEmpty()
                && lastGood.isEmpty()
                && (known == null || known.isFactory() || known.pid().equals(AccessSettings.PID));
        Set<String> keys = new TreeSet<>(defaults.keySet());
        keys.addAll(values.keySet());
        keys.addAll(lastGood.keySet());
        keys.removeIf(key -> key.startsWith("jobyard.file."));
        List<ConfigurationValue> all = new ArrayList<>();
        for (String key : keys) {
            String written = values.get(key);
            String value = problems.isEmpty() ? written : lastGood.get(key);
            ValueSource source = source(value, written, isShut || !defaults.containsKey(key));
            all.add(new ConfigurationValue(
                    key,
                    shown(key, source == ValueSource.DEFAULT ? defaults.getOrDefault(key, "") : value, secrets),
                    source,
                    source == ValueSource.FILE ? file : null,
                    written == null || written.equals(value) ? null : refused(written)));
        }
        return new ConfigurationState(name, all, problems);
    }

    /** Returns the values in force unmasked, including secrets. Omits empty values. */
    private Map<String, String> plain(@Nullable KnownPid known) {
        Map<String, String> plain = new TreeMap<>(known == null ? Map.of() : known.defaults());
        plain.putAll(problems.isEmpty() ? values : lastGood);
        plain.replaceAll((key, value) -> value.strip());
        plain.entrySet()
                .removeIf(each -> each.getValue().isEmpty() || each.getKey().startsWith("jobyard.file."));
        return plain;
    }

    /** Returns the values that would be in force, masked for display. */
    Map<String, String> shown(@Nullable KnownPid known) {
        Map<String, String> shown = plain(known);
        shown.replaceAll((key, value) -> shown(key, value, secrets(known)));
        return shown;
    }

    /** Returns the changes of the values in force if another configuration replaced this configuration. */
    List<ValueChange> changes(WrittenConfiguration next, @Nullable KnownPid known) {
        Map<String, String> before = plain(known);
        Map<String, String> after = next.plain(known);
        Set<String> keys = new TreeSet<>(before.keySet());
        keys.addAll(after.keySet());
        return keys.stream()
                .filter(key -> !Objects.equals(before.get(key), after.get(key)))
                .map(key -> new ValueChange(
                        key, told(key, before.get(key), secrets(known)), told(key, after.get(key), secrets(known))))
                .toList();
    }

    private @Nullable String told(String key, @Nullable String value, Set<String> secrets) {
        return value == null ? null : shown(key, value, secrets);
    }

    /** Returns the hidden form of a refused value: the host never read it, so it may be a secret under any key. */
    private static String refused(String written) {
        return written.isEmpty() ? "" : AuditedValue.HIDDEN;
    }

    private static Set<String> secrets(@Nullable KnownPid known) {
        return known == null ? Set.of() : known.secrets();
    }

    private ValueSource source(@Nullable String value, @Nullable String written, boolean isNothing) {
        if (value == null) {
            return isNothing ? ValueSource.NONE : ValueSource.DEFAULT;
        }
        if (!value.equals(written)) {
            return ValueSource.LAST_GOOD;
        }
        return file == null ? ValueSource.CONFIG_ADMIN : ValueSource.FILE;
    }

    private String shown(String key, @Nullable String value, Set<String> secrets) {
        if (value == null || value.isEmpty()) {
            return "";
        }
        return secrets.contains(key) ? AuditedValue.HIDDEN : AuditedValue.shown(name, key, value);
    }
}

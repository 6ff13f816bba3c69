// SPDX-License-Identifier: Apache-2.0
package io.jobyard.api.spi;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Reads the raw values of one configuration and collects all that is wrong with them. Used once, by one thread: read
 * every key, then {@link #finish()}.
 */
public final class SettingsReader {

    private static final List<String> FOREIGN =
            List.of("service.", "component.", "felix.", "org.apache.felix.", "osgi.");

    private final Map<String, ?> raw;
    private final Set<String> known = new TreeSet<>();
    private final List<String> problems = new ArrayList<>();

    /**
     * Begins.
     *
     * @param raw the configuration as Config Admin gives it
     */
    public SettingsReader(Map<String, ?> raw) {
        this.raw = raw;
    }

    /**
     * Reads a whole number.
     *
     * @param key the key
     * @param byDefault the value if the key is not there
     * @param min the smallest allowed
     * @param max the largest allowed
     * @return the value; the default if it is wrong, which {@link #finish()} then tells
     */
    public int integer(String key, int byDefault, int min, int max) {
        known.add(key);
        Object value = raw.get(key);
        if (value == null) {
            return byDefault;
        }
        try {
            int number = Integer.parseInt(value.toString().strip());
            if (number >= min && number <= max) {
                return number;
            }
        } catch (NumberFormatException e) {
            // told below, like a number out of range
        }
        problems.add(key + " = " + value + " is refused: use a whole number from " + min + " to " + max);
        return byDefault;
    }

    /**
     * Reads a text.
     *
     * @param key the key
     * @param byDefault the value if the key is not there
     * @return the value
     */
    public String text(String key, String byDefault) {
        known.add(key);
        Object value = raw.get(key);
        return value == null ? byDefault : value.toString().strip();
    }

    /**
     * Ends: every key has been read.
     *
     * @throws InvalidSettingsException if a value is wrong or a key is there that nobody reads
     */
    public void finish() {
        for (String key : new TreeSet<>(raw.keySet())) {
            if (!known.contains(key) && isOurs(key)) {
                problems.add(key + " = " + raw.get(key) + " is refused: there is no such key; use "
                        + String.join(", ", known));
            }
        }
        if (!problems.isEmpty()) {
            throw new InvalidSettingsException(problems);
        }
    }

    /** What it read from, without what others put there, in a form that reads the same. */
    Map<String, String> texts() {
        Map<String, String> texts = new TreeMap<>();
        raw.forEach((key, value) -> {
            if (isOurs(key)) {
                texts.put(key, value.toString().strip());
            }
        });
        return texts;
    }

    private static boolean isOurs(String key) {
        return FOREIGN.stream().noneMatch(key::startsWith);
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.jobyard.spi.limits;

import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Limit or queue that was created at run time, in addition to those of files.
 *
 * @param kind {@link LimitKind#LIMIT} or {@link LimitKind#QUEUE}
 * @param version number of changes, from 1
 * @param settings its keys and values, as in a file; empty if it was removed
 */
public record LimitDefinition(LimitKind kind, String name, int version, SortedMap<String, String> settings) {

    private static final String SIGN = " = ";

    public LimitDefinition {
        settings = Collections.unmodifiableSortedMap(new TreeMap<>(settings));
    }

    /** Parses the text from {@link #text()}. */
    public static LimitDefinition parse(LimitKind kind, String name, int version, String text) {
        SortedMap<String, String> settings = new TreeMap<>();
        text.lines().forEach(line -> {
            int sign = line.indexOf(SIGN);
            settings.put(line.substring(0, sign), line.substring(sign + SIGN.length()));
        });
        return new LimitDefinition(kind, name, version, settings);
    }

    /** Returns whether the definition was removed: it has no settings. */
    public boolean isGone() {
        return settings.isEmpty();
    }

    /** Returns the next version with other settings; empty settings remove the definition. */
    public LimitDefinition with(Map<String, String> next) {
        return new LimitDefinition(kind, name, version + 1, new TreeMap<>(next));
    }

    /** Returns the settings in stored form, with one line each, for example {@code running.max = 2}. */
    public String text() {
        return text("\n");
    }

    /** Returns the settings in one line, for example {@code rate.requests = 60/m, running.max = 2}. */
    public String inOneLine() {
        return text(", ");
    }

    private String text(String between) {
        return settings.entrySet().stream()
                .map(setting -> setting.getKey() + SIGN + setting.getValue())
                .collect(Collectors.joining(between));
    }
}

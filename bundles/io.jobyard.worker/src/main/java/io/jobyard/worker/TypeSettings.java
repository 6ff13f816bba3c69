// SPDX-License-Identifier: Apache-2.0
package io.jobyard.worker;

import io.jobyard.settings.api.SettingsReader;
import io.jobyard.spi.handlers.Backoff;
import io.jobyard.spi.handlers.CanaryRules;
import io.jobyard.spi.handlers.CircuitRules;
import io.jobyard.spi.handlers.HiddenFields;
import io.jobyard.spi.handlers.TypeRules;
import io.jobyard.spi.limits.Unit;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Version;
import org.osgi.framework.VersionRange;

/**
 * Checked values of {@code io.jobyard.types-NAME}.
 *
 * @param versions allowed versions of handlers; null for any version
 * @param canary versions that get a share of the jobs; null for none
 * @param limits that the type's jobs use, in addition to those of the jobs and the handler
 * @param rules further rules for the jobs
 * @param heartbeat longest time without a call of the context; null for the handler's value
 * @param exclusive whether runs must end with the lease of their host; null for the handler's value
 * @param fault reason why no job may run; null if the configuration is valid
 * @param text texts of the values for display
 */
record TypeSettings(
        @Nullable VersionRange versions,
        @Nullable VersionRange canary,
        Set<String> limits,
        TypeRules rules,
        @Nullable Duration heartbeat,
        @Nullable Boolean exclusive,
        @Nullable String fault,
        String text) {

    private static final String CIRCUIT = "circuit.";

    static final String FACTORY = "io.jobyard.types";

    private static final TypeRules SHUT = new TypeRules(
            TypeRules.TypeDefaults.NONE,
            null,
            Backoff.USUAL,
            TypeRules.KeptDays.NONE,
            null,
            null,
            HiddenFields.ALL,
            false);
    private static final String USE =
            "use an OSGi version range, for example [1.2,2), or 1.2 for that version or higher";
    private static final Pattern QUEUE = Pattern.compile("[A-Za-z0-9._-]{1,200}");
    private static final Pattern LIMIT = Pattern.compile("[A-Za-z0-9._-]{1,64}");
    private static final int MOST_LIMITS = 10;
    private static final int MOST_SLOTS = 100_000;
    private static final int DAY_SECONDS = 86_400;
    /** Longest duration of any run. */
    static final Duration LONGEST_RUN = Duration.ofSeconds(DAY_SECONDS);

    private static final int MOST_RETRIES = 10;
    private static final int MOST_PROGRESS = 10_000;
    private static final int LAST_LEVEL = 100;
    private static final int LARGEST_FACTOR = 100;
    private static final int MOST_DAYS = 3_650;

    TypeSettings {
        limits = Set.copyOf(limits);
    }

    static TypeSettings read(SettingsReader reader) {
        VersionRange versions = reader.optional("versions", TypeSettings::range);
        Set<String> limits = reader.value("limits", Set.of(), TypeSettings::limits);
        TypeRules rules = rules(reader);
        Integer heartbeat = number(reader, "heartbeat.seconds", 1, DAY_SECONDS);
        Boolean exclusive = reader.optional("exclusive", TypeSettings::truth);
        String text = reader.given();
        if (text.isEmpty()) {
            reader.refuse("the file has no keys: set at least one, for example timeout.seconds = 120");
        }
        CanaryRules canary = rules.canary();
        VersionRange tried = canary == null ? null : new VersionRange(canary.versions());
        return new TypeSettings(versions, tried, limits, rules, seconds(heartbeat), exclusive, null, text);
    }

    private static boolean truth(String text) {
        if (text.equals("true") || text.equals("false")) {
            return text.equals("true");
        }
        throw new IllegalArgumentException("use true or false");
    }

    private static TypeRules rules(SettingsReader reader) {
        return new TypeRules(
                new TypeRules.TypeDefaults(
                        seconds(number(reader, "timeout.seconds", 1, DAY_SECONDS)),
                        seconds(number(reader, "timeout.max", 1, DAY_SECONDS)),
                        number(reader, "max.retries", 0, MOST_RETRIES),
                        number(reader, "priority", 1, LAST_LEVEL),
                        reader.optional("queue", text -> name(text, QUEUE, 200)),
                        slots(reader)),
                number(reader, "progress.retries", 0, MOST_PROGRESS),
                backoff(reader),
                new TypeRules.KeptDays(
                        number(reader, "completed.days", 0, MOST_DAYS), number(reader, "failed.days", 0, MOST_DAYS)),
                circuit(reader),
                CanaryKeys.read(reader),
                reader.value("hidden", HiddenFields.NONE, HiddenFields::parse),
                reader.value("inflight", false, TypeSettings::isWait));
    }

    private static boolean isWait(String text) {
        if (text.equals("move") || text.equals("wait")) {
            return text.equals("wait");
        }
        throw new IllegalArgumentException("use move or wait");
    }

    private static @Nullable Duration seconds(@Nullable Integer number) {
        return number == null ? null : Duration.ofSeconds(number);
    }

    private static Map<String, Integer> slots(SettingsReader reader) {
        Map<String, Integer> slots = new TreeMap<>();
        for (String key : reader.keys(Unit.SLOTS, Unit.SLOTS + "LIMIT")) {
            String limit = key.substring(Unit.SLOTS.length());
            Integer count = number(reader, key, 1, MOST_SLOTS);
            if (!LIMIT.matcher(limit).matches()) {
                reader.refuse("invalid " + key + ": a limit name has 1 to 64 of the characters A-Z a-z 0-9 . _ -");
            } else if (count != null) {
                slots.put(limit, count);
            }
        }
        if (slots.size() > MOST_LIMITS) {
            reader.refuse("too many keys slots.LIMIT: " + slots.size() + "; use at most " + MOST_LIMITS);
        }
        return slots;
    }

    private static @Nullable CircuitRules circuit(SettingsReader reader) {
        Integer percent = number(reader, CIRCUIT + "failures.percent", 1, 100);
        CircuitRules rules = new CircuitRules(
                percent == null ? 100 : percent,
                reader.integer(CIRCUIT + "minimum", 10, 1, 10_000),
                Duration.ofSeconds(reader.integer(CIRCUIT + "window.seconds", 60, 1, DAY_SECONDS)),
                Duration.ofSeconds(reader.integer(CIRCUIT + "pause.seconds", 30, 1, DAY_SECONDS)),
                reader.integer(CIRCUIT + "probes", 1, 1, 100));
        boolean isMeant = Stream.of("minimum", "window.seconds", "pause.seconds", "probes")
                .anyMatch(key -> reader.has(CIRCUIT + key));
        if (isMeant && !reader.has(CIRCUIT + "failures.percent")) {
            reader.refuse(CIRCUIT + "failures.percent is missing: without it, the circuit never opens; use 1 to 100");
        }
        return percent == null ? null : rules;
    }

    private static Backoff backoff(SettingsReader reader) {
        return new Backoff(
                number(reader, "retry.base.seconds", 1, 3_600),
                decimal(reader, "retry.factor", 1, LARGEST_FACTOR),
                number(reader, "retry.max.seconds", 1, DAY_SECONDS),
                decimal(reader, "retry.jitter", 0, 1));
    }

    /**
     * Returns the settings of a type whose configuration has never been valid. Its versions and hidden values are unknown, so no job runs,
     * and all values are hidden.
     */
    static TypeSettings shut(String fault) {
        return new TypeSettings(null, null, Set.of(), SHUT, null, null, fault, "no version");
    }

    /**
     * Returns the longest duration of a run that its handler extends.
     *
     * @param type settings of its type; null for a type without a configuration
     */
    static Duration longestRun(@Nullable TypeSettings type) {
        Duration configured = type == null ? null : type.rules.submitted().maxTimeout();
        return configured == null ? LONGEST_RUN : configured;
    }

    boolean allows(Version version) {
        return fault == null && (versions == null || versions.includes(version));
    }

    boolean isCanary(Version version) {
        return canary != null && canary.includes(version);
    }

    private static VersionRange range(String text) {
        VersionRange range;
        try {
            range = new VersionRange(text);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(USE, e);
        }
        if (range.isEmpty()) {
            throw new IllegalArgumentException("the range contains no version; " + USE);
        }
        return range;
    }

    private static Set<String> limits(String text) {
        Set<String> names = new TreeSet<>();
        for (String name : text.split(",", -1)) {
            names.add(name(name.strip(), LIMIT, 64));
        }
        if (names.size() > MOST_LIMITS) {
            throw new IllegalArgumentException("use at most " + MOST_LIMITS + " limits, separated by commas");
        }
        return names;
    }

    private static String name(String text, Pattern form, int longest) {
        if (!form.matcher(text).matches()) {
            throw new IllegalArgumentException(
                    "use a name of 1 to " + longest + " of the characters A-Z a-z 0-9 . _ -");
        }
        return text;
    }

    private static @Nullable Integer number(SettingsReader reader, String key, int min, int max) {
        return reader.optional(key, text -> {
            try {
                int number = Integer.parseInt(text);
                if (number >= min && number <= max) {
                    return number;
                }
            } catch (NumberFormatException e) {
                // rejected below, like a number out of range
            }
            throw new IllegalArgumentException("use a whole number from " + min + " to " + max);
        });
    }

    private static @Nullable Double decimal(SettingsReader reader, String key, int min, int max) {
        return reader.optional(key, text -> {
            try {
                double number = Double.parseDouble(text);
                if (number >= min && number <= max) {
                    return number;
                }
            } catch (NumberFormatException e) {
                // rejected below, like a number out of range
            }
            throw new IllegalArgumentException("use a number from " + min + " to " + max);
        });
    }

    @Override
    public String toString() {
        return text;
    }
}

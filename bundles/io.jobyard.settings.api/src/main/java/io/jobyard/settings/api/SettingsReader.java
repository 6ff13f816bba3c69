// SPDX-License-Identifier: Apache-2.0
package io.jobyard.settings.api;

import io.jobyard.api.FieldProblem;
import io.jobyard.spi.text.Spelling;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Reader of the raw values of a configuration, which collects all problems. A problem names the key and never the value, which may be a
 * misplaced secret. For one use by one thread: read every key, then call {@link #finish()}.
 */
public final class SettingsReader {

    /** Key with the reason why a configuration's file cannot be read. The configuration is then refused as a whole. */
    public static final String UNREADABLE = "jobyard.file.unreadable";
    /**
     * Key with the reason why a file's name is wrong. The configuration is then refused as a whole, and earlier values do not apply,
     * because their file is gone.
     */
    public static final String MISNAMED = "jobyard.file.misnamed";

    /** Field of a problem of the whole configuration. */
    static final String WHOLE = "settings";

    private static final List<String> FOREIGN =
            List.of("service.", "component.", "felix.", "org.apache.felix.", "osgi.", "jobyard.file.");

    /** Keys of earlier builds, with their current names. */
    private static final Map<String, String> RENAMED = Map.of(
            "guard.ready.max", "backlog.alert.ready.max",
            "guard.oldest.seconds", "backlog.alert.oldest.seconds",
            "host", "bind.address",
            "hosts", "allowed.hosts");

    private final Map<String, ?> raw;
    private final Set<String> known = new TreeSet<>();
    private final Map<String, String> forms = new TreeMap<>();
    private final List<FieldProblem> problems = new ArrayList<>();

    /** Creates a reader for a configuration from Config Admin. */
    public SettingsReader(Map<String, ?> raw) {
        this.raw = raw;
    }

    /**
     * Reads a whole number from {@code min} to {@code max}. Returns the default if the key is missing or invalid; {@link #finish()} reports
     * an invalid one.
     */
    public int integer(String key, int byDefault, int min, int max) {
        known.add(key);
        Object value = raw.get(key);
        if (value == null) {
            return byDefault;
        }
        Integer number = parse(key, value, text -> integer(text, min, max, ""));
        return number == null ? byDefault : number;
    }

    /**
     * Reads an optional whole number from 1 to {@code max}. Returns null if the key is missing or invalid; {@link #finish()} reports an
     * invalid one.
     */
    public @Nullable Integer optionalInteger(String key, int max) {
        return optional(key, text -> integer(text, 1, max, ", or omit it for any number"));
    }

    private static int integer(String text, int min, int max, String orElse) {
        try {
            int number = Integer.parseInt(text);
            if (number >= min && number <= max) {
                return number;
            }
        } catch (NumberFormatException e) {
            // rejected below, like a number out of range
        }
        throw new IllegalArgumentException("use a whole number from " + min + " to " + max + orElse);
    }

    /**
     * Reads a value of any kind. A key without a value is rejected, unless the default is an empty list or text.
     *
     * @param parser parses the text; throws {@link IllegalArgumentException} with the fix
     * @return the value; the default if the key is missing or invalid; {@link #finish()} reports an invalid one
     */
    public <T> T value(String key, T byDefault, Function<String, T> parser) {
        known.add(key);
        Object given = raw.get(key);
        if (given != null && given.toString().isBlank() && isEmpty(byDefault)) {
            return byDefault;
        }
        T value = optional(key, parser);
        return value == null ? byDefault : value;
    }

    /**
     * Reads an optional value of any kind. A key without a value is rejected.
     *
     * @param parser parses the text; throws {@link IllegalArgumentException} with the fix
     * @return null if the key is missing or invalid; {@link #finish()} reports an invalid one
     */
    public <T> @Nullable T optional(String key, Function<String, T> parser) {
        known.add(key);
        Object value = raw.get(key);
        if (value != null && value.toString().isBlank()) { // without its number, it would not be a bound
            problems.add(new FieldProblem(key, "missing value of " + key + ": set a value, or omit the key"));
            return null;
        }
        return value == null ? null : parse(key, value, parser);
    }

    private static boolean isEmpty(Object byDefault) {
        return byDefault instanceof Collection<?> list && list.isEmpty() || "".equals(byDefault);
    }

    private <T> @Nullable T parse(String key, Object value, Function<String, T> parser) {
        try {
            return parser.apply(value.toString().strip());
        } catch (IllegalArgumentException e) {
            String why = UnquotedValue.in(String.valueOf(e.getMessage()), value);
            problems.add(new FieldProblem(key, "invalid " + key + ": " + why));
            return null;
        }
    }

    /**
     * Returns the keys with a prefix. The caller reads each of them.
     *
     * @param prefix prefix, for example {@code rate.}
     * @param form form of such keys, for example {@code rate.UNIT}
     * @return keys in order
     */
    public Set<String> keys(String prefix, String form) {
        forms.put(prefix, form);
        return raw.keySet().stream()
                .filter(key -> key.startsWith(prefix))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Returns whether a key exists, valid or not. */
    public boolean has(String key) {
        return raw.containsKey(key);
    }

    /** Rejects the configuration as a whole. The values of its keys are removed from the text of the problem. */
    public void refuse(String problem) {
        refuse(WHOLE, problem);
    }

    /** Rejects a key, perhaps because of another key. The values of all keys are removed from the text of the problem. */
    public void refuse(String key, String problem) {
        String told = problem;
        for (Object value : raw.values()) {
            told = UnquotedValue.quoted(told, value);
        }
        problems.add(new FieldProblem(key, told));
    }

    /** Reads a text. */
    public String text(String key, String byDefault) {
        known.add(key);
        Object value = raw.get(key);
        return value == null ? byDefault : value.toString().strip();
    }

    /** Returns all values as written, for example {@code queue = bulk, timeout.seconds = 120}, by key; may be empty. */
    public String given() {
        return texts().entrySet().stream()
                .filter(entry -> !entry.getValue().isEmpty())
                .map(entry -> entry.getKey() + " = " + entry.getValue())
                .collect(Collectors.joining(", "));
    }

    /**
     * Ends the reading, and checks that every key was read.
     *
     * @throws InvalidSettingsException if a value is invalid or a key is unknown
     */
    public void finish() {
        List<FieldProblem> refusals = Stream.of(MISNAMED, UNREADABLE)
                .filter(this::has)
                .map(key -> new FieldProblem(WHOLE, String.valueOf(raw.get(key))))
                .toList();
        if (!refusals.isEmpty()) {
            throw new InvalidSettingsException(refusals);
        }
        for (String key : new TreeSet<>(raw.keySet())) {
            if (!known.contains(key) && isOurs(key)) {
                String renamed = RENAMED.get(key);
                problems.add(new FieldProblem(
                        key,
                        renamed != null && known.contains(renamed)
                                ? "unknown key " + key + ": its name is now " + renamed
                                : "unknown key " + key + Spelling.hint(key, keysToUse()) + "; use "
                                        + String.join(", ", keysToUse())));
            }
        }
        if (!problems.isEmpty()) {
            throw new InvalidSettingsException(problems);
        }
    }

    private Set<String> keysToUse() {
        Set<String> keys = new TreeSet<>(forms.values());
        known.stream()
                .filter(key -> forms.keySet().stream().noneMatch(key::startsWith))
                .forEach(keys::add);
        return keys;
    }

    /** Returns the raw values in a text form that can be read again, without keys of other programs. */
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

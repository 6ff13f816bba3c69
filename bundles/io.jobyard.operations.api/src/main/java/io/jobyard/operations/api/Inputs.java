// SPDX-License-Identifier: Apache-2.0
package io.jobyard.operations.api;

import io.jobyard.api.ValidationException;
import io.jobyard.views.api.Durations;
import io.jobyard.views.api.Instants;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Values of the inputs of a call, whose types were checked. A value that is not given is null, or an empty list or map.
 *
 * @param values JSON by the name of the input
 * @param now the base time for durations
 */
public record Inputs(Map<String, @Nullable Object> values, Instant now) {

    /** Returns whether the input was given, even as null. */
    public boolean has(String name) {
        return values.containsKey(name);
    }

    /** Returns a value as JSON. */
    public @Nullable Object json(String name) {
        return values.get(name);
    }

    /** Returns a text. */
    public @Nullable String text(String name) {
        return (String) values.get(name);
    }

    /** Returns a text that was declared mandatory. */
    public String needed(String name) {
        return (String) Objects.requireNonNull(values.get(name), name);
    }

    /** Returns a whole number, or this default. */
    public int number(String name, int byDefault) {
        return (int) longNumber(name, byDefault);
    }

    /** Returns a whole number, or this default. */
    public long longNumber(String name, long byDefault) {
        return values.get(name) instanceof Number number ? number.longValue() : byDefault;
    }

    /** Returns whether a flag was given as true. */
    public boolean flag(String name) {
        return Boolean.TRUE.equals(values.get(name));
    }

    /** Returns the texts of a list. */
    @SuppressWarnings("unchecked")
    public List<String> texts(String name) {
        Object value = Objects.requireNonNullElse(values.get(name), List.of());
        return value instanceof String text ? List.of(text) : (List<String>) value;
    }

    /** Returns the members of an object of strings; a member may be null. */
    @SuppressWarnings("unchecked")
    public Map<String, @Nullable String> textsByName(String name) {
        return (Map<String, @Nullable String>) Objects.requireNonNullElse(values.get(name), Map.of());
    }

    /** Returns an object. */
    @SuppressWarnings("unchecked")
    public Map<String, Object> object(String name) {
        return (Map<String, Object>) Objects.requireNonNullElse(values.get(name), Map.of());
    }

    /** Returns the objects of a list. */
    @SuppressWarnings("unchecked")
    public List<Map<String, Object>> objects(String name) {
        return (List<Map<String, Object>>) Objects.requireNonNullElse(values.get(name), List.of());
    }

    /** Returns all values except one, as an object. */
    public Map<String, @Nullable Object> without(String name) {
        Map<String, @Nullable Object> others = new LinkedHashMap<>(values);
        others.remove(name);
        return others;
    }

    /** Returns a duration. */
    public @Nullable Duration duration(String name) {
        Object value = values.get(name);
        if (value instanceof Integer seconds) {
            return Duration.ofSeconds(seconds);
        }
        return value == null ? null : in(name, () -> Durations.parse(name, value.toString()));
    }

    /** Returns an instant, given as an instant, a time of day or a duration from now. */
    public @Nullable Instant next(String name) {
        String text = text(name);
        return text == null ? null : Instants.next(name, text, now);
    }

    /** Returns an instant, given as an instant, a time of day or a duration before now. */
    public @Nullable Instant past(String name) {
        String text = text(name);
        return text == null ? null : Instants.past(name, text, now);
    }

    /** Reads a part of the inputs. An error names the path of the part. */
    public static <T> T in(String path, Supplier<T> read) {
        try {
            return read.get();
        } catch (ValidationException e) {
            throw e.in(path);
        }
    }

    /** Passes on a value that was given. */
    public static <T> void ifGiven(@Nullable T value, Consumer<T> use) {
        if (value != null) {
            use.accept(value);
        }
    }
}

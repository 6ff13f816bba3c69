// SPDX-License-Identifier: Apache-2.0
package io.jobyard.rest;

import io.jobyard.api.FieldProblem;
import io.jobyard.api.ValidationException;
import io.jobyard.views.api.Durations;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What the body of a request says; its form was checked. */
record RestBody(Map<String, Object> values, Instant now) {

    boolean has(String field) {
        return values.containsKey(field);
    }

    @Nullable
    Object value(String field) {
        return values.get(field);
    }

    @Nullable
    String text(String field) {
        return (String) values.get(field);
    }

    /** Of one that must be there. */
    String needed(String field) {
        return String.valueOf(values.get(field));
    }

    @Nullable
    Integer number(String field) {
        return (Integer) values.get(field);
    }

    boolean flag(String field) {
        return Boolean.TRUE.equals(values.get(field));
    }

    /** A list, or one text in place of it. */
    @SuppressWarnings("unchecked")
    List<String> texts(String field) {
        Object value = values.getOrDefault(field, List.of());
        return value instanceof String text ? List.of(text) : (List<String>) value;
    }

    @SuppressWarnings("unchecked")
    Map<String, Object> object(String field) {
        return (Map<String, Object>) values.getOrDefault(field, Map.of());
    }

    /** An object of strings; a null in it stays. */
    Map<String, @Nullable String> marks(String field) {
        Map<String, @Nullable String> marks = new TreeMap<>();
        object(field).forEach((name, value) -> {
            if (value != null && !(value instanceof String)) {
                throw new ValidationException(
                        FieldProblem.path(field, name), "the body: " + field + " " + name + " must be a string");
            }
            marks.put(name, (String) value);
        });
        return marks;
    }

    /** Seconds, or a text such as 5m. */
    @Nullable
    Duration duration(String field) {
        Object value = values.get(field);
        if (value instanceof Integer seconds) {
            return Duration.ofSeconds(seconds);
        }
        return value == null ? null : in(field, () -> Durations.parse(field, value.toString()));
    }

    /** An instant, or a duration from now. */
    @Nullable
    Instant next(String field) {
        return RequestQuery.next(field, text(field), now);
    }

    /** An instant, or how long ago. */
    @Nullable
    Instant past(String field) {
        return RequestQuery.past(field, text(field), now);
    }

    /** What is read of a part; a fault has its path. */
    static <T> T in(String path, Supplier<T> read) {
        try {
            return read.get();
        } catch (ValidationException e) {
            throw e.in(path);
        }
    }

    static <T> void ifGiven(@Nullable T value, Consumer<T> use) {
        if (value != null) {
            use.accept(value);
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.jobyard.operations.api;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Type of an input: its JSON Schema, the check of a JSON value, and the conversion of texts from queries and command lines. */
public enum InputType {
    TEXT("must be a string", Map.of("type", "string")),
    WHOLE("must be a whole number", Map.of("type", "integer")),
    FLAG("must be true or false", Map.of("type", "boolean")),
    /** A number of seconds, or a text such as {@code 5m}. */
    DURATION("must be a number of seconds or a duration such as 5m", Map.of("type", List.of("integer", "string"))),
    /** An instant, or a duration from now or before now. */
    TIME("must be a string", Map.of("type", "string")),
    /** Several texts; a single text counts as a list of one. */
    TEXTS("must be a list of strings", Map.of("type", "array", "items", Map.of("type", "string"))),
    /** Texts by name; in text form, {@code NAME=VALUE}. */
    TEXTS_BY_NAME(
            "must be an object of strings; as text, use NAME=VALUE",
            Map.of("type", "object", "additionalProperties", Map.of("type", List.of("string", "null")))),
    OBJECT("must be a JSON object", Map.of("type", "object")),
    /** A list of job specifications. */
    JOBS("must be a list of JSON objects", Map.of("type", "array", "items", Map.of("type", "object"))),
    JSON("", Map.of());

    private final String fault;
    private final Map<String, Object> schema;

    InputType(String fault, Map<String, Object> schema) {
        this.fault = fault;
        this.schema = schema;
    }

    /** Returns whether a query or a command line may repeat an input of this type. */
    public boolean hasMany() {
        return this == TEXTS || this == TEXTS_BY_NAME;
    }

    /** Returns the JSON Schema, which may be extended. */
    public Map<String, Object> schema() {
        return new LinkedHashMap<>(schema);
    }

    /**
     * Checks a value.
     *
     * @param value a JSON value other than null
     * @return the problem, as the rest of a sentence; null if the value has this type
     */
    @Nullable
    String fault(Object value) {
        boolean fits = switch (this) {
            case TEXT, TIME -> value instanceof String;
            case WHOLE -> value instanceof Integer || value instanceof Long;
            case FLAG -> value instanceof Boolean;
            case DURATION -> value instanceof Integer || value instanceof String;
            case TEXTS ->
                value instanceof String
                        || value instanceof List<?> list && list.stream().allMatch(String.class::isInstance);
            case TEXTS_BY_NAME ->
                value instanceof Map<?, ?> map
                        && map.values().stream().allMatch(each -> each == null || each instanceof String);
            case OBJECT -> value instanceof Map;
            case JOBS ->
                value instanceof PlacedList
                        || value instanceof List<?> list && list.stream().allMatch(Map.class::isInstance);
            case JSON -> true;
        };
        return fits ? null : fault;
    }

    /** Converts at least one text to JSON. A text of the wrong type stays a text, which the check refuses. */
    public Object json(List<String> texts) {
        String last = texts.get(texts.size() - 1);
        return switch (this) {
            case WHOLE -> number(last);
            case FLAG -> last.equals("true") ? (Object) true : last.equals("false") ? (Object) false : last;
            case TEXTS -> List.copyOf(texts);
            case TEXTS_BY_NAME -> byName(texts);
            case TEXT, TIME, DURATION, OBJECT, JOBS, JSON -> last;
        };
    }

    private static Object number(String text) {
        try {
            long number = Long.parseLong(text);
            return number == (int) number ? (Object) (int) number : (Object) number;
        } catch (NumberFormatException e) {
            return text;
        }
    }

    private static Object byName(List<String> texts) {
        Map<String, Object> members = new LinkedHashMap<>();
        for (String text : texts) {
            int equals = text.indexOf('=');
            if (equals < 1) {
                return text;
            }
            members.put(text.substring(0, equals), text.substring(equals + 1));
        }
        return members;
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.jobyard.views.api;

import java.math.BigDecimal;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Type of a {@link JobField}: its JSON Schema, and its syntax as a command option. */
public enum JobFieldType {
    TEXT("text", false, Map.of("type", "string")),
    WHOLE("whole number", false, Map.of("type", "integer")),
    /** A number of seconds, or a text such as {@code 5m}. */
    DURATION("seconds, or a duration such as 5m", false, Map.of("type", List.of("integer", "string"))),
    /** An instant, or a duration from now. */
    TIME("an instant such as 2027-01-31T08:00:00Z, or a duration from now such as 5m", false, Map.of("type", "string")),
    NAMES("list of texts", true, Map.of("type", "array", "items", Map.of("type", "string"))),
    TEXTS_BY_NAME("texts by name", true, byName("string")),
    NUMBERS_BY_NAME("numbers by name", true, byName("number")),
    COUNTS_BY_NAME("whole numbers by name", true, byName("integer")),
    OBJECT("object", false, Map.of("type", "object")),
    /** Ids and names, each alone or as an object with its policy. */
    DEPENDENCIES(
            "list of IDs and names; {\"id\": …, \"ifFails\": \"run\"} for a dependency with its own policy",
            true,
            Map.of("type", "array", "items", Map.of("anyOf", List.of(Map.of("type", "string"), dependency()))));

    private final String words;
    private final boolean hasMany;
    private final Map<String, Object> schema;

    JobFieldType(String words, boolean hasMany, Map<String, Object> schema) {
        this.words = words;
        this.hasMany = hasMany;
        this.schema = Collections.unmodifiableMap(new TreeMap<>(schema)); // in a fixed order
    }

    private static Map<String, Object> byName(String type) {
        return Map.of("type", "object", "additionalProperties", Map.of("type", type));
    }

    private static Map<String, Object> dependency() {
        Map<String, Object> text = Map.of("type", "string");
        return Map.of(
                "type",
                "object",
                "properties",
                Map.of("id", text, "ifFails", text),
                "required",
                List.of("id", "ifFails"));
    }

    /** Returns the name in the reference. */
    public String words() {
        return words;
    }

    /** Returns whether an option of this type accepts several values, separated by commas. */
    public boolean isList() {
        return this == NAMES || this == DEPENDENCIES;
    }

    /** Returns whether an option of this type may be repeated. */
    public boolean hasMany() {
        return hasMany;
    }

    /** Returns the text that help adds about the values; empty if they need no explanation. */
    public String hint() {
        return switch (this) {
            case DURATION, TIME -> " " + Character.toUpperCase(words.charAt(0)) + words.substring(1) + ".";
            case TEXTS_BY_NAME, NUMBERS_BY_NAME, COUNTS_BY_NAME -> " Repeatable.";
            default -> "";
        };
    }

    /** Returns the JSON Schema. */
    public Map<String, Object> schema() {
        return schema;
    }

    /**
     * Converts the values of all occurrences of the option to JSON. A value of the wrong type stays a text, which the reader of the JSON
     * refuses.
     */
    public Object json(List<String> typed) {
        String last = typed.isEmpty() ? "" : typed.get(typed.size() - 1);
        return switch (this) {
            case TEXT, TIME, OBJECT -> last;
            case WHOLE, DURATION -> number(last);
            case NAMES -> words(typed).toList();
            case DEPENDENCIES -> words(typed).map(JobFieldType::dependency).toList();
            case TEXTS_BY_NAME, NUMBERS_BY_NAME, COUNTS_BY_NAME -> members(typed);
        };
    }

    private Object members(List<String> typed) {
        Map<String, @Nullable Object> members = new LinkedHashMap<>();
        for (String each : typed) {
            int equals = each.indexOf('=');
            if (equals < 1) {
                return each;
            }
            String value = each.substring(equals + 1);
            Object member = this == TEXTS_BY_NAME ? value : this == COUNTS_BY_NAME ? number(value) : decimal(value);
            members.put(each.substring(0, equals), member);
        }
        return members;
    }

    private static Stream<String> words(List<String> typed) {
        return typed.stream().flatMap(each -> Stream.of(each.split(","))).map(String::strip);
    }

    private static Object dependency(String typed) {
        int colon = typed.indexOf(':');
        return colon < 0 ? typed : Map.of("id", typed.substring(0, colon), "ifFails", typed.substring(colon + 1));
    }

    private static Object number(String typed) {
        try {
            return Integer.valueOf(typed);
        } catch (NumberFormatException e) {
            return typed;
        }
    }

    private static Object decimal(String typed) {
        try {
            return new BigDecimal(typed);
        } catch (NumberFormatException e) {
            return typed;
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.jobyard.views.api;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/** JSON type of a field of a {@link View}. */
public enum FieldType {
    TEXT("text", Map.of("type", "string")),
    INSTANT("time", Map.of("type", "string", "format", "date-time")),
    WHOLE("whole number", Map.of("type", "integer")),
    NUMBER("number", Map.of("type", "number")),
    FLAG("true or false", Map.of("type", "boolean")),
    TEXTS("list of texts", Map.of("type", "array", "items", Map.of("type", "string"))),
    COUNTS("whole numbers by name", byName("integer")),
    NUMBERS_BY_NAME("numbers by name", byName("number")),
    TEXTS_BY_NAME("texts by name", byName("string")),
    OBJECT("object", Map.of("type", "object")),
    JSON("any JSON", Map.of()),
    ONE("", Map.of()),
    LIST("list of ", Map.of("type", "array")),
    MAP("by name, ", Map.of("type", "object"));

    private final String words;
    private final Map<String, Object> schema;

    FieldType(String words, Map<String, Object> schema) {
        this.words = words;
        this.schema = Collections.unmodifiableMap(new TreeMap<>(schema)); // in a fixed order
    }

    private static Map<String, Object> byName(String type) {
        return Map.of("type", "object", "additionalProperties", Map.of("type", type));
    }

    /** Returns the name in the reference; for views, the text before the view's name. */
    public String words() {
        return words;
    }

    /** Returns the JSON Schema; for views, without the inner schema. */
    Map<String, Object> schema() {
        return schema;
    }
}

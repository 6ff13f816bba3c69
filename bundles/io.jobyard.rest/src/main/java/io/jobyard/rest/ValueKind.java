// SPDX-License-Identifier: Apache-2.0
package io.jobyard.rest;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a value of a query or of a body may be, as JSON Schema says it and as it is checked. */
enum ValueKind {
    TEXT("must be a string", Map.of("type", "string")),
    WHOLE("must be a whole number", Map.of("type", "integer")),
    FLAG("must be true or false", Map.of("type", "boolean")),
    OBJECT("must be a JSON object", Map.of("type", "object")),
    TEXTS("must be a list of strings", Map.of("type", "array", "items", Map.of("type", "string"))),
    TEXT_OR_TEXTS(
            "must be a string or a list of strings",
            Map.of("type", List.of("string", "array"), "items", Map.of("type", "string"))),
    OBJECTS("must be a list of JSON objects", Map.of("type", "array", "items", Map.of("type", "object"))),
    ANY("", Map.of());

    private final String fault;
    private final Map<String, Object> schema;

    ValueKind(String fault, Map<String, Object> schema) {
        this.fault = fault;
        this.schema = schema;
    }

    /** What is wrong with a value; null if nothing is. */
    @Nullable
    String problem(Object value) {
        boolean fits = switch (this) {
            case TEXT -> value instanceof String;
            case WHOLE -> value instanceof Integer;
            case FLAG -> value instanceof Boolean;
            case OBJECT -> value instanceof Map;
            case TEXTS -> value instanceof List<?> list && list.stream().allMatch(String.class::isInstance);
            case TEXT_OR_TEXTS -> TEXT.problem(value) == null || TEXTS.problem(value) == null;
            case OBJECTS -> value instanceof List<?> list && list.stream().allMatch(Map.class::isInstance);
            case ANY -> true;
        };
        return fits ? null : fault;
    }

    /** With a description, which stands beside the type. */
    Map<String, Object> schema(String meaning) {
        Map<String, Object> described = new LinkedHashMap<>(schema);
        described.put("description", meaning);
        return described;
    }
}

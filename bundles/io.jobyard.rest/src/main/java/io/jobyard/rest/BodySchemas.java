// SPDX-License-Identifier: Apache-2.0
package io.jobyard.rest;

import io.jobyard.views.api.SpecificationReader;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The JSON Schemas of bodies. */
final class BodySchemas {

    private static final Map<String, Object> TEXT = Map.of("type", "string");
    private static final Map<String, Object> DURATION = Map.of("type", List.of("integer", "string"));
    private static final Map<String, Object> NAMES = Map.of("type", "array", "items", TEXT);

    /** What is no text in a specification. */
    private static final Map<String, Map<String, Object>> NO_TEXTS = Map.of(
            "payload", Map.of("type", "object"),
            "priority", Map.of("type", "integer", "minimum", 1),
            "maxRetries", Map.of("type", "integer", "minimum", 0, "maximum", 10),
            "timeout", DURATION,
            "limits", NAMES,
            "labels", Map.of("type", "object", "additionalProperties", TEXT),
            "estimate", Map.of("type", "object", "additionalProperties", Map.of("type", "number")),
            "dependencies",
                    Map.of(
                            "type",
                            "array",
                            "items",
                            Map.of(
                                    "anyOf",
                                    List.of(
                                            TEXT,
                                            Map.of(
                                                    "type",
                                                    "object",
                                                    "properties",
                                                    Map.of("id", TEXT, "ifFails", TEXT),
                                                    "required",
                                                    List.of("id"))))));

    private BodySchemas() {}

    static Map<String, Object> of(RequestBody body) {
        if (body == RequestBody.SPECIFICATION) {
            return specification();
        }
        Map<String, Object> properties = new LinkedHashMap<>();
        List<String> required = new ArrayList<>();
        for (RequestBody.BodyMember field : body.fields()) {
            Map<String, Object> property = field.kind().schema(field.meaning());
            if (field.nullable()) {
                property.computeIfPresent("type", (type, one) -> List.of(one, "null"));
            }
            properties.put(field.name(), property);
            if (field.required()) {
                required.add(field.name());
            }
        }
        return object(properties, required);
    }

    /** Whose payload is what the schema of its type says. */
    private static Map<String, Object> specification() {
        Map<String, Object> properties = new LinkedHashMap<>();
        SpecificationReader.fields().forEach((name, meaning) -> {
            Map<String, Object> property = new LinkedHashMap<>(NO_TEXTS.getOrDefault(name, TEXT));
            property.put("description", meaning);
            properties.put(name, property);
        });
        return object(properties, List.of("type", "payload"));
    }

    private static Map<String, Object> object(Map<String, Object> properties, List<String> required) {
        Map<String, Object> schema = new LinkedHashMap<>();
        schema.put("type", "object");
        schema.put("properties", properties);
        if (!required.isEmpty()) {
            schema.put("required", required);
        }
        schema.put("additionalProperties", false);
        return schema;
    }
}

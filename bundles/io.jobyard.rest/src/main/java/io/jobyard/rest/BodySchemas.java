// SPDX-License-Identifier: Apache-2.0
package io.jobyard.rest;

import io.jobyard.operations.api.Input;
import io.jobyard.operations.api.InputType;
import io.jobyard.operations.api.Operation;
import io.jobyard.views.api.HandlerView;
import io.jobyard.views.api.JobField;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** JSON Schemas of request bodies, in the form that generators of clients understand. */
final class BodySchemas {

    private BodySchemas() {}

    /** Returns the schema of the inputs of an operation outside its path. */
    static Map<String, Object> of(Operation operation) {
        Map<String, Object> properties = new LinkedHashMap<>();
        operation.otherInputs().forEach(input -> {
            Map<String, Object> property = property(input.schema(), input.required());
            if (input.type() == InputType.JOBS) {
                property.put("items", Map.of("$ref", ViewSchemas.PLACE + OpenApiDocument.SPECIFICATION));
            }
            properties.put(input.name(), property);
        });
        boolean isChange = operation.jobFields().equals(JobField.CHANGEABLE);
        operation.jobFields().forEach(field -> properties.put(field.name(), property(field.schema(isChange), false)));
        return object(
                properties,
                operation.otherInputs().stream()
                        .filter(Input::required)
                        .map(Input::name)
                        .toList());
    }

    /**
     * Returns the schema of a field so that a generated client sends only the fields that its user sets. A default is in the description
     * alone: clients in Java would send it, and clients in TypeScript would require the field. An optional list or object may be null,
     * which counts as not given: clients in Java would send an empty one.
     */
    private static Map<String, Object> property(Map<String, Object> schema, boolean isRequired) {
        Map<String, Object> property = new LinkedHashMap<>(ViewSchemas.open(schema));
        Object otherwise = property.remove("default");
        if (otherwise != null) {
            property.computeIfPresent("description", (key, meaning) -> meaning + "; default: " + otherwise);
        }
        if (!isRequired && ("array".equals(property.get("type")) || "object".equals(property.get("type")))) {
            property.put("type", List.of(String.valueOf(property.get("type")), "null"));
        }
        return property;
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

    /** Returns one schema for each type with a payload schema, selected by the type, and one for all other types. */
    static Map<String, Object> specification(List<HandlerView.Type> types, Map<String, Object> schemas) {
        Map<String, Object> properties = new LinkedHashMap<>();
        List<String> required = List.of("type", "payload");
        JobField.ALL.forEach(
                field -> properties.put(field.name(), property(field.schema(false), required.contains(field.name()))));
        Map<String, Object> any = object(properties, required);
        List<Object> cases = new ArrayList<>();
        for (HandlerView.Type type : types) {
            if (type.schema() != null) {
                String name = "payload." + type.type().replaceAll("[^A-Za-z0-9._-]", "_");
                schemas.put(name, type.schema());
                cases.add(Map.of(
                        "if",
                        Map.of("properties", Map.of("type", Map.of("const", type.type()))),
                        "then",
                        Map.of("properties", Map.of("payload", Map.of("$ref", ViewSchemas.PLACE + name)))));
            }
        }
        if (!cases.isEmpty()) {
            any.put("allOf", cases);
        }
        return any;
    }
}

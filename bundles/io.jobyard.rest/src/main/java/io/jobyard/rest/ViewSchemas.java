// SPDX-License-Identifier: Apache-2.0
package io.jobyard.rest;

import io.jobyard.views.api.View;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** JSON Schemas of views and of the views within them, each included once. */
final class ViewSchemas {

    static final String PLACE = "#/components/schemas/";

    private final Map<String, Object> schemas = new TreeMap<>();

    Map<String, Object> all() {
        return schemas;
    }

    /** Returns a reference to the schema of a view, and adds the schema if it is new. */
    Map<String, Object> reference(View<?> view) {
        String name = name(view.name());
        if (!schemas.containsKey(name)) {
            schemas.put(name, Map.of()); // reserves the name, so that a recursive view terminates
            schemas.put(name, schema(view));
        }
        return Map.of("$ref", PLACE + name);
    }

    private Map<String, Object> schema(View<?> view) {
        Map<String, Object> properties = new LinkedHashMap<>();
        view.fields().forEach(field -> properties.put(field.name(), open(field.schema(this::reference))));
        Map<String, Object> schema = new LinkedHashMap<>();
        schema.put("type", "object");
        schema.put("description", view.meaning());
        schema.put("properties", properties);
        schema.put("required", view.fields().stream().map(View.ViewField::name).toList());
        return schema;
    }

    /** Declares that an object without declared members may have any: generators would make a type without members of it. */
    static Map<String, Object> open(Map<String, Object> schema) {
        Object type = schema.get("type");
        boolean isObject = "object".equals(type) || type instanceof List<?> types && types.contains("object");
        if (!isObject || schema.containsKey("properties") || schema.containsKey("additionalProperties")) {
            return schema;
        }
        Map<String, Object> open = new LinkedHashMap<>(schema);
        open.put("additionalProperties", true);
        return open;
    }

    /** Returns the name in the document: {@code listedJob} for a listed job. */
    static String name(String words) {
        StringBuilder name = new StringBuilder();
        for (String word : words.split(" ")) {
            name.append(name.length() == 0 ? word : Character.toUpperCase(word.charAt(0)) + word.substring(1));
        }
        return name.toString();
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.jobyard.rest;

import io.jobyard.views.api.View;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/** JSON Schemas of views and of the views within them, each included once. */
final class ViewSchemas {

    private static final String PLACE = "#/components/schemas/";

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
        view.fields().forEach(field -> properties.put(field.name(), field.schema(this::reference)));
        Map<String, Object> schema = new LinkedHashMap<>();
        schema.put("type", "object");
        schema.put("description", view.meaning());
        schema.put("properties", properties);
        schema.put("required", view.fields().stream().map(View.ViewField::name).toList());
        return schema;
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

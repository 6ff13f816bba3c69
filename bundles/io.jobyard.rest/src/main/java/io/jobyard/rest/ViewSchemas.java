// SPDX-License-Identifier: Apache-2.0
package io.jobyard.rest;

import io.jobyard.views.api.View;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/** The JSON Schemas of views, each once, those within them too. */
final class ViewSchemas {

    private static final String PLACE = "#/components/schemas/";

    private final Map<String, Object> schemas = new TreeMap<>();

    Map<String, Object> all() {
        return schemas;
    }

    /** Names the schema of a view, and has it among all. */
    Map<String, Object> reference(View<?> view) {
        String name = name(view.name());
        if (!schemas.containsKey(name)) {
            schemas.put(name, Map.of()); // so that one within itself ends
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

    /** As the document calls it: {@code listedJob} for a listed job. */
    static String name(String words) {
        StringBuilder name = new StringBuilder();
        for (String word : words.split(" ")) {
            name.append(name.length() == 0 ? word : Character.toUpperCase(word.charAt(0)) + word.substring(1));
        }
        return name.toString();
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.jobyard.mcp;

import io.jobyard.views.api.ErrorView;
import io.jobyard.views.api.View;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** JSON Schemas of what tools answer. */
final class OutputSchema {

    private static final String TYPE = "type";
    private static final String OBJECT = "object";
    private static final String PROPERTIES = "properties";
    private static final String REQUIRED = "required";
    /** What refers to another part of a schema begins at its root, so these parts stay there. */
    private static final List<String> OF_THE_ROOT = List.of("$schema", "$defs", "definitions");
    /** What is said in place of a result: of a job that goes on, or that failed. */
    private static final Map<String, Object> OF_JOB = Map.of(
            "description",
            "In place of a result: a job that goes on, or did not complete.",
            PROPERTIES,
            Map.of("id", Map.of(TYPE, "string"), "status", Map.of(TYPE, "string")),
            REQUIRED,
            List.of("id", "status"));

    private OutputSchema() {}

    /** The answer of an operation, or an error, which clients check against the schema too. */
    static Map<String, Object> ofAnswer(View<?> view) {
        Map<String, Object> schema = new LinkedHashMap<>();
        schema.put(TYPE, OBJECT);
        schema.put("anyOf", List.of(of(view), error()));
        return schema;
    }

    private static Map<String, Object> error() {
        Map<String, Object> schema = of(ErrorView.ERROR);
        schema.put("description", ErrorView.ERROR.meaning());
        return schema;
    }

    /** Of a view: its fields, what each means, and that all are there. */
    private static Map<String, Object> of(View<?> view) {
        Map<String, Object> properties = new LinkedHashMap<>();
        view.fields().forEach(field -> properties.put(field.name(), field.schema(OutputSchema::of)));
        Map<String, Object> schema = new LinkedHashMap<>();
        schema.put(TYPE, OBJECT);
        schema.put(PROPERTIES, properties);
        schema.put(REQUIRED, view.fields().stream().map(View.ViewField::name).toList());
        return schema;
    }

    /** Of a job type, by the schema of its results. */
    static Map<String, Object> ofResults(Map<String, Object> results) {
        Map<String, Object> schema = new LinkedHashMap<>();
        Map<String, Object> inner = new LinkedHashMap<>(results);
        for (String part : OF_THE_ROOT) {
            Object value = inner.remove(part);
            if (value != null) {
                schema.put(part, value);
            }
        }
        schema.put(TYPE, OBJECT);
        schema.put("anyOf", List.of(inner, OF_JOB, error()));
        return schema;
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.jobyard.mcp;

import io.jobyard.views.api.ErrorView;
import io.jobyard.views.api.View;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** JSON Schemas of tool results. */
final class OutputSchema {

    private static final String TYPE = "type";
    private static final String OBJECT = "object";
    private static final String PROPERTIES = "properties";
    private static final String REQUIRED = "required";
    /** Keywords that stay at the root of a schema, because references start there. */
    private static final List<String> OF_THE_ROOT = List.of("$schema", "$defs", "definitions");
    /** Schema of the answer for a job that is not finished or has failed. */
    private static final Map<String, Object> OF_JOB = Map.of(
            "description",
            "A job that is unfinished or did not complete, in place of a result.",
            PROPERTIES,
            Map.of("id", Map.of(TYPE, "string"), "status", Map.of(TYPE, "string")),
            REQUIRED,
            List.of("id", "status"));

    private OutputSchema() {}

    /** Returns the schema of an operation's answer or an error, because clients validate errors too. */
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

    /** Returns the schema of a view: all fields with their meanings, each required. */
    private static Map<String, Object> of(View<?> view) {
        Map<String, Object> properties = new LinkedHashMap<>();
        view.fields().forEach(field -> properties.put(field.name(), field.schema(OutputSchema::of)));
        Map<String, Object> schema = new LinkedHashMap<>();
        schema.put(TYPE, OBJECT);
        schema.put(PROPERTIES, properties);
        schema.put(REQUIRED, view.fields().stream().map(View.ViewField::name).toList());
        return schema;
    }

    /** Returns the schema of a tool for a job type, made from the schema of the type's results. */
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

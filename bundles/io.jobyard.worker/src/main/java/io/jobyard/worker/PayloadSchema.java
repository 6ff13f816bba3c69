// SPDX-License-Identifier: Apache-2.0
package io.jobyard.worker;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.path.NodePath;
import io.jobyard.api.FieldProblem;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** JSON Schema of a type's payload, from a bundle. */
final class PayloadSchema {

    /** Accepts every object. */
    static final PayloadSchema NONE = new PayloadSchema("", null, null);

    private final String type;
    private final @Nullable String text;
    private final @Nullable Schema schema;

    private PayloadSchema(String type, @Nullable String text, @Nullable Schema schema) {
        this.text = text;
        this.type = type;
        this.schema = schema;
    }

    /**
     * Reads a schema of draft 2020-12, or of the draft in its {@code $schema}.
     *
     * @throws IllegalArgumentException if the schema is invalid; the message contains the location
     */
    static PayloadSchema of(String type, String json) {
        return new PayloadSchema(type, json, SchemaText.read(json));
    }

    /** Returns the text in the bundle. */
    Optional<String> text() {
        return Optional.ofNullable(text);
    }

    /** Returns all problems. The path of each problem begins with {@code payload}, and the text of the problem contains the path. */
    List<FieldProblem> problems(String payload) {
        if (schema == null) {
            return List.of();
        }
        return schema.validate(payload, InputFormat.JSON).stream()
                .map(error -> new FieldProblem(path(error), text(error)))
                .toList();
    }

    /** Returns the locations in the payload, as JSON pointers, that the schema marks with a custom keyword with the value true. */
    Set<String> marked(JsonNode payload, String keyword) {
        return schema == null ? Set.of() : SchemaMarks.of(schema, payload, keyword);
    }

    private static String path(Error error) {
        NodePath where = error.getInstanceLocation();
        String path = "payload";
        for (int i = 0; i < where.getNameCount(); i++) {
            path = where.getElement(i) instanceof Integer index
                    ? FieldProblem.path(path, index)
                    : FieldProblem.path(path, where.getName(i));
        }
        return error.getProperty() == null ? path : FieldProblem.path(path, error.getProperty());
    }

    private String text(Error error) {
        if (error.getKeyword().equals("required")) {
            String missing = path(error);
            boolean isTop = error.getInstanceLocation().getNameCount() == 0;
            return (isTop ? error.getProperty() : missing) + " is required for " + type + " jobs";
        }
        return path(error) + " does not match the schema of " + type + ": " + error.getMessage();
    }
}

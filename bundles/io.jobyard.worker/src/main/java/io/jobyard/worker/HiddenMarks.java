// SPDX-License-Identifier: Apache-2.0
package io.jobyard.worker;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jobyard.worker.typed.ClassSchema;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reader of the paths that a JSON Schema marks with {@value ClassSchema#HIDDEN}, in the form of the setting {@code hidden} of a type. */
final class HiddenMarks {

    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final List<String> ALTERNATIVES = List.of("allOf", "anyOf", "oneOf", "prefixItems");
    private static final List<String> INNER = List.of("items", "additionalProperties", "if", "then", "else");
    private static final String ANY = "*";

    private final JsonNode schema;
    private final Set<String> paths = new HashSet<>();

    private HiddenMarks(JsonNode schema) {
        this.schema = schema;
    }

    /**
     * Returns the marked paths. In a class that contains itself, the whole inner value is hidden if any of its fields is.
     *
     * @param root name of the value, {@code payload} or {@code result}
     * @param text a valid schema; null for none
     */
    static Set<String> of(String root, @Nullable String text) {
        if (text == null || !text.contains(ClassSchema.HIDDEN)) {
            return Set.of();
        }
        try {
            JsonNode schema = MAPPER.readTree(text);
            HiddenMarks marks = new HiddenMarks(schema);
            marks.visit(schema, root, List.of());
            return Set.copyOf(marks.paths);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void visit(JsonNode node, String path, List<JsonNode> around) {
        if (!node.isObject()) {
            return;
        }
        if (node.path(ClassSchema.HIDDEN).asBoolean()) {
            paths.add(path);
            return;
        }
        String reference = node.path("$ref").asText("");
        if (reference.startsWith("#")) {
            JsonNode target = schema.at(reference.substring(1));
            if (around.contains(target)) {
                if (target.toString().contains(ClassSchema.HIDDEN)) {
                    paths.add(path);
                }
            } else {
                visit(target, path, with(around, target));
            }
        }
        List<JsonNode> inside = with(around, node);
        node.path("properties")
                .properties()
                .forEach(each -> visit(each.getValue(), path + "." + name(each.getKey()), inside));
        for (String each : INNER) {
            boolean isValue = each.equals("items") || each.equals("additionalProperties");
            visit(node.path(each), isValue ? path + "." + ANY : path, inside);
        }
        for (String each : ALTERNATIVES) {
            node.path(each).forEach(one -> visit(one, each.equals("prefixItems") ? path + "." + ANY : path, inside));
        }
    }

    private static List<JsonNode> with(List<JsonNode> around, JsonNode node) {
        return Stream.concat(around.stream(), Stream.of(node)).toList();
    }

    /** Returns the name, or any name if a path cannot contain it. */
    private static String name(String property) {
        return property.matches("[^.,\\s]+") ? property : ANY;
    }
}

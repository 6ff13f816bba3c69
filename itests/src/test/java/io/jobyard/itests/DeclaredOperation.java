// SPDX-License-Identifier: Apache-2.0
package io.jobyard.itests;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Operation as the OpenAPI document of a host declares it.
 *
 * @param path the HTTP path, with inputs in braces
 * @param inputs all inputs: those of the path, then those of the query or the body
 */
record DeclaredOperation(String name, String method, String path, List<DeclaredInput> inputs) {

    private static final String SCHEMAS = "#/components/schemas/";

    /** Place of an input in a request. */
    enum InputPlace {
        PATH,
        QUERY,
        BODY
    }

    /** Input with its JSON Schema. */
    record DeclaredInput(String name, InputPlace place, boolean required, JsonNode schema) {

        boolean is(String type) {
            JsonNode types = schema.path("type");
            return types.asText().equals(type)
                    || types.isArray() && types.get(0).asText().equals(type);
        }

        /** Returns whether one type is declared, apart from null. */
        boolean hasOneType() {
            JsonNode types = schema.path("type");
            return types.isTextual()
                    || types.size() == 2 && types.get(1).asText().equals("null");
        }
    }

    /** Returns the operations under {@code /api/v1}, without the operation that runs commands. */
    static List<DeclaredOperation> all(JsonNode document) {
        List<DeclaredOperation> all = new ArrayList<>();
        for (Map.Entry<String, JsonNode> path : document.get("paths").properties()) {
            if (path.getKey().startsWith("/api/v1/") && !path.getKey().endsWith("/commands")) {
                for (Map.Entry<String, JsonNode> method : path.getValue().properties()) {
                    all.add(of(document, path.getKey(), method.getKey(), method.getValue()));
                }
            }
        }
        return all;
    }

    private static DeclaredOperation of(JsonNode document, String path, String method, JsonNode operation) {
        List<DeclaredInput> inputs = new ArrayList<>();
        for (JsonNode parameter : operation.get("parameters")) {
            String in = parameter.get("in").asText();
            if (!in.equals("header")) {
                inputs.add(new DeclaredInput(
                        parameter.get("name").asText(),
                        in.equals("path") ? InputPlace.PATH : InputPlace.QUERY,
                        parameter.get("required").asBoolean(),
                        parameter.get("schema")));
            }
        }
        String reference = operation
                .at("/requestBody/content/application~1json/schema/$ref")
                .asText();
        if (!reference.isEmpty()) {
            JsonNode body = document.at("/components/schemas").get(reference.substring(SCHEMAS.length()));
            Set<String> required = new HashSet<>();
            body.path("required").forEach(name -> required.add(name.asText()));
            body.get("properties")
                    .properties()
                    .forEach(each -> inputs.add(new DeclaredInput(
                            each.getKey(), InputPlace.BODY, required.contains(each.getKey()), each.getValue())));
        }
        return new DeclaredOperation(
                operation.get("operationId").asText(), method.toUpperCase(java.util.Locale.ROOT), path, inputs);
    }
}

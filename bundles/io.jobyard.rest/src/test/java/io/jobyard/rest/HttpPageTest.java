// SPDX-License-Identifier: Apache-2.0
package io.jobyard.rest;

import static org.assertj.core.api.Assertions.assertThat;

import io.jobyard.views.api.JsonReader;
import io.jobyard.views.api.JsonWriter;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The page of HTTP is made from the OpenAPI document. */
class HttpPageTest {

    private static final Path PAGE = Path.of("..", "..", "docs", "reference", "http.md");
    private static final String HOW = "mvn -pl bundles/io.jobyard.rest -am test -Dtest=HttpPageTest"
            + " -Dsurefire.failIfNoSpecifiedTests=false -Djobyard.docs.write=true";

    private final StringBuilder page = new StringBuilder();

    @Test
    void thePageSaysWhatTheDocumentSays() throws Exception {
        String made = page();
        if (Boolean.getBoolean("jobyard.docs.write")) {
            Files.writeString(PAGE, made);
        }
        assertThat(PAGE).as("stale; make it anew with: %s", HOW).hasContent(made);
    }

    private String page() throws Exception {
        try (InputStream head = HttpPageTest.class.getResourceAsStream("/http-head.md")) {
            page.append(new String(head.readAllBytes(), StandardCharsets.UTF_8));
        }
        Map<String, Object> document = JsonReader.object(
                "document", JsonWriter.compact(OpenApiDocument.of(RestFixture.routes(), List.of(), "")));
        map(document, "paths")
                .forEach((path, methods) -> ((Map<?, ?>) methods)
                        .forEach((method, operation) -> operation(method + " " + path, (Map<?, ?>) operation)));
        page.append("\n## Bodies\n\nA field that is not here is refused.\n");
        map(map(document, "components"), "schemas").forEach((name, schema) -> {
            if (name.toString().endsWith("Body")) {
                body(name.toString(), (Map<?, ?>) schema);
            }
        });
        return page.toString();
    }

    private void operation(String what, Map<?, ?> operation) {
        String[] words = what.split(" ");
        page.append("\n## ")
                .append(words[0].toUpperCase(Locale.ROOT))
                .append(' ')
                .append(words[1])
                .append("\n\n");
        page.append(operation.get("summary"));
        if (operation.get("description") != null) {
            page.append(' ').append(operation.get("description"));
        }
        page.append("\n\n");
        List<?> parameters = (List<?>) operation.get("parameters");
        List<Map<?, ?>> own = parameters.stream()
                .<Map<?, ?>>map(each -> (Map<?, ?>) each)
                .filter(each ->
                        !each.get("in").equals("path") && !each.get("name").equals(OpenApiDocument.AS))
                .toList();
        if (!own.isEmpty()) {
            page.append("| Parameter | In | Meaning |\n|---|---|---|\n");
            own.forEach(each -> page.append("| `" + each.get("name") + "` | " + each.get("in") + " | "
                    + each.get("description") + bounds(map(each, "schema")) + " |\n"));
            page.append('\n');
        }
        Map<?, ?> body = (Map<?, ?>) operation.get("requestBody");
        if (body != null) {
            Map<?, ?> json = map(map(body, "content"), "application/json");
            page.append("Body: ")
                    .append(json == null ? "`" + CommandServlet.FRAMES + "`" : link(map(json, "schema")))
                    .append(".\n\n");
        }
        map(operation, "responses").forEach((status, answer) -> {
            if (!status.equals("default")) {
                page.append("- ")
                        .append(status)
                        .append(": ")
                        .append(answers((Map<?, ?>) answer))
                        .append('\n');
            }
        });
    }

    private static String answers(Map<?, ?> answer) {
        Object content = answer.get("content");
        if (content == null) {
            return String.valueOf(answer.get("description"));
        }
        return ((Map<?, ?>) content)
                .entrySet().stream()
                        .map(each -> "`" + each.getKey() + "`" + of(map((Map<?, ?>) each.getValue(), "schema")))
                        .collect(Collectors.joining(", "));
    }

    private static String of(Map<?, ?> schema) {
        if (schema.get("anyOf") instanceof List<?> several) {
            return several.stream().map(each -> link((Map<?, ?>) each)).collect(Collectors.joining(" or ", " ", ""));
        }
        return schema.get("$ref") == null ? "" : " " + link(schema);
    }

    /** Each view has a page in the folder of JSON, named by its words. */
    private static String link(Map<?, ?> schema) {
        String name = schema.get("$ref").toString().replaceAll(".*/", "");
        if (name.endsWith("Body")) {
            return "[" + name + "](#" + name.toLowerCase(Locale.ROOT) + ")";
        }
        String words = name.replaceAll("([A-Z])", " $1").toLowerCase(Locale.ROOT);
        return "[" + words + "](json/" + words.replace(' ', '-') + ".md)";
    }

    private void body(String name, Map<?, ?> schema) {
        page.append("\n### ").append(name).append("\n\n| Field | Type | Meaning |\n|---|---|---|\n");
        Object required = schema.get("required");
        map(schema, "properties")
                .forEach((field, property) -> page.append("| `")
                        .append(field)
                        .append(required instanceof List<?> list && list.contains(field) ? "` (required) | " : "` | ")
                        .append(type(((Map<?, ?>) property).get("type")))
                        .append(" | ")
                        .append(((Map<?, ?>) property).get("description"))
                        .append(bounds((Map<?, ?>) property))
                        .append(" |\n"));
    }

    /** The range and the default of a value, in brackets. */
    private static String bounds(Map<?, ?> schema) {
        List<String> bounds = new ArrayList<>();
        Map<?, ?> items = schema.get("items") instanceof Map<?, ?> map ? map : schema;
        if (items.get("enum") instanceof List<?> words) {
            bounds.add(words.stream().map(String::valueOf).collect(Collectors.joining(", ")));
        }
        if (schema.get("minimum") != null) {
            Object most = schema.get("maximum");
            boolean isOpen = most == null || most.toString().length() > 12;
            bounds.add(schema.get("minimum") + (isOpen ? " or more" : "–" + most));
        }
        if (schema.get("default") != null) {
            bounds.add("default " + schema.get("default"));
        }
        return bounds.isEmpty() ? "" : " (" + String.join("; ", bounds) + ")";
    }

    private static String type(Object type) {
        return type instanceof List<?> several
                ? several.stream().map(Object::toString).collect(Collectors.joining(" or "))
                : type == null ? "any" : type.toString();
    }

    private static Map<?, ?> map(Map<?, ?> from, String name) {
        return (Map<?, ?>) from.get(name);
    }
}

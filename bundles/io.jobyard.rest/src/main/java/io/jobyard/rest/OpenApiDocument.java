// SPDX-License-Identifier: Apache-2.0
package io.jobyard.rest;

import io.jobyard.spi.access.AccessRule;
import io.jobyard.views.api.HandlerView;
import io.jobyard.views.api.ProblemView;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The OpenAPI 3.1 document, made of the table of routes, the views, and the handlers that are there. */
final class OpenApiDocument {

    private static final Pattern PART = Pattern.compile("\\{([a-z]+)}");
    private static final Map<String, Object> TEXT = Map.of("type", "string");

    private final ViewSchemas views = new ViewSchemas();
    private final Map<String, Object> bodies = new TreeMap<>();

    private OpenApiDocument() {}

    /** The document, with what the payloads of these types must be. */
    static Map<String, Object> of(List<HandlerView.Type> types, String version) {
        return new OpenApiDocument().document(types, version);
    }

    private Map<String, Object> document(List<HandlerView.Type> types, String version) {
        Map<String, Map<String, Object>> paths = new LinkedHashMap<>();
        for (Route route : RouteTable.ALL) {
            paths.computeIfAbsent(RestServlet.ROOT + route.path(), path -> new LinkedHashMap<>())
                    .put(route.method().toLowerCase(java.util.Locale.ROOT), operation(route));
        }
        LiveDocument.paths(paths, views);
        Map<String, Object> schemas = new TreeMap<>(bodies);
        schemas.putAll(views.all());
        schemas.put("specification", specification(types, schemas));
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("openapi", "3.1.0");
        document.put(
                "info",
                Map.of(
                        "title",
                        "Jobyard",
                        "version",
                        version,
                        "description",
                        "A durable job host: submit jobs, and see what becomes of them."));
        document.put("security", List.of(Map.of("token", List.of())));
        document.put("paths", paths);
        document.put(
                "components",
                Map.of(
                        "schemas",
                        schemas,
                        "securitySchemes",
                        Map.of("token", Map.of("type", "http", "scheme", "bearer"))));
        return document;
    }

    /** One for each type with its payload, told apart by the type, and one for all others. */
    private static Map<String, Object> specification(List<HandlerView.Type> types, Map<String, Object> schemas) {
        Map<String, Object> any = new LinkedHashMap<>(BodySchemas.of(RequestBody.SPECIFICATION));
        List<Object> cases = new ArrayList<>();
        for (HandlerView.Type type : types) {
            if (type.schema() != null) {
                String name = "payload." + type.type().replaceAll("[^A-Za-z0-9._-]", "_");
                schemas.put(name, type.schema());
                cases.add(Map.of(
                        "if",
                        Map.of("properties", Map.of("type", Map.of("const", type.type()))),
                        "then",
                        Map.of("properties", Map.of("payload", Map.of("$ref", "#/components/schemas/" + name)))));
            }
        }
        if (!cases.isEmpty()) {
            any.put("allOf", cases);
        }
        return any;
    }

    private Map<String, Object> operation(Route route) {
        Map<String, Object> operation = new LinkedHashMap<>();
        operation.put("operationId", route.name());
        operation.put("tags", List.of(route.tag()));
        operation.put("summary", route.summary());
        if (!route.needs().isEmpty()) {
            operation.put("description", permissions(route));
        }
        if (route.isForEverybody()) {
            operation.put("security", List.of());
        }
        operation.put("parameters", parameters(route));
        RequestBody body = route.body();
        if (body != null) {
            operation.put("requestBody", requestBody(body));
        }
        operation.put("responses", responses(route));
        return operation;
    }

    static String permissions(Route route) {
        return route.needs().stream()
                .map(needs -> {
                    String own = needs.needs(true).text();
                    String all = needs.needs(false).text();
                    return "`" + own + "`"
                            + (own.equals(all)
                                    ? ""
                                    : " (for others'" + (needs == AccessRule.SIGN_INS ? " `" : " jobs `") + all + "`)");
                })
                .collect(Collectors.joining(", and ", "Takes the permission ", "."));
    }

    private static List<Object> parameters(Route route) {
        List<Object> parameters = new ArrayList<>();
        Matcher part = PART.matcher(route.path());
        while (part.find()) {
            parameters.add(parameter(part.group(1), "path", TEXT, null, true));
        }
        for (QueryParameter each : route.parameters()) {
            parameters.add(parameter(each));
        }
        for (Map.Entry<String, String> header : HEADERS.entrySet()) {
            if (isFor(header.getKey(), route)) {
                parameters.add(parameter(header.getKey(), "header", TEXT, header.getValue(), false));
            }
        }
        return parameters;
    }

    static final String AS = "Jobyard-As";

    private static final Map<String, String> HEADERS = new TreeMap<>(Map.of(
            AS,
            "the user for whom the caller speaks; takes the permission `impersonate`",
            RequestGuard.KEY,
            "the same request with the same key is done once",
            RequestGuard.MATCH,
            "the ETag of the job as it was read: nothing is changed if it has another by now",
            "If-None-Match",
            "the ETag of the job as it is known: 304 if it is still the same"));

    private static boolean isFor(String header, Route route) {
        return switch (header) {
            case RequestGuard.KEY -> route.guard().repeats() != RequestGuard.Repeats.REFUSED;
            case RequestGuard.MATCH -> route.guard().matches();
            case "If-None-Match" -> route.name().equals("getJob");
            default -> true;
        };
    }

    /** A parameter of a query. */
    static Map<String, Object> parameter(QueryParameter query) {
        Map<String, Object> schema = new LinkedHashMap<>(query.kind().schema(""));
        schema.remove("description");
        return parameter(query.name(), "query", schema, query.meaning(), query.required());
    }

    static Map<String, Object> parameter(
            String name, String in, Map<String, Object> schema, @Nullable String meaning, boolean required) {
        Map<String, Object> parameter = new LinkedHashMap<>();
        parameter.put("name", name);
        parameter.put("in", in);
        parameter.put("required", required);
        if (meaning != null) {
            parameter.put("description", meaning);
        }
        parameter.put("schema", schema);
        return parameter;
    }

    private Map<String, Object> requestBody(RequestBody body) {
        String name = ViewSchemas.name(body.name()) + (body == RequestBody.SPECIFICATION ? "" : "Body");
        Map<String, Object> schema = BodySchemas.of(body);
        Object before = bodies.put(name, schema);
        if (before != null && !before.equals(schema)) {
            throw new IllegalStateException("two bodies are called " + body.name());
        }
        Map<String, Object> content = new LinkedHashMap<>();
        content.put("application/json", Map.of("schema", Map.of("$ref", "#/components/schemas/" + name)));
        if (body == BatchBody.FORM) {
            content.put(
                    BatchBody.LINES,
                    Map.of("schema", Map.of("type", "string", "description", "a specification in each line")));
        }
        return Map.of("required", body.required(), "content", content);
    }

    private Map<String, Object> responses(Route route) {
        Map<String, Object> responses = new LinkedHashMap<>();
        route.answers().forEach((status, answer) -> {
            Map<String, Object> content = new LinkedHashMap<>();
            content.put(Representation.JSON, Map.of("schema", views.reference(answer)));
            if (route.streams()) {
                content.put(Representation.EVENTS, Map.of("schema", TEXT));
            }
            responses.put(String.valueOf(status), Map.of("description", answer.meaning(), "content", content));
        });
        if (route.name().equals("getJob")) {
            responses.put("304", Map.of("description", "The job is as the client knows it."));
        }
        responses.put(
                "default",
                Map.of(
                        "description",
                        "Why the request was not done.",
                        "content",
                        Map.of(ProblemView.MEDIA_TYPE, Map.of("schema", views.reference(ProblemView.PROBLEM)))));
        return responses;
    }
}

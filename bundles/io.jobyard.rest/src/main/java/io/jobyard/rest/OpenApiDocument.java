// SPDX-License-Identifier: Apache-2.0
package io.jobyard.rest;

import io.jobyard.operations.api.Input;
import io.jobyard.operations.api.InputType;
import io.jobyard.operations.api.Operation;
import io.jobyard.operations.api.Repetition.RepeatRule;
import io.jobyard.spi.access.AccessRule;
import io.jobyard.views.api.ErrorView;
import io.jobyard.views.api.HandlerView;
import io.jobyard.views.api.JobField;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** OpenAPI 3.1 document, generated from the declared operations, the views and the handlers that the host has now. */
final class OpenApiDocument {

    static final String AS = "Jobyard-As";

    static final String SPECIFICATION = "specification";
    private static final Map<String, Object> TEXT = Map.of("type", "string");
    private static final Map<String, String> HEADERS = new TreeMap<>(Map.of(
            AS,
            "the user that the caller acts as; requires the permission `impersonate`",
            RequestGuard.KEY,
            "the host executes repeated requests with the same key only once",
            RequestGuard.MATCH,
            "the ETag from the last read of the job: the host changes nothing if the job has changed since",
            "If-None-Match",
            "the ETag of the client's copy of the job: 304 if the job has not changed since",
            "Last-Event-ID",
            "the ID of the last event that the client received"));

    private final ViewSchemas views = new ViewSchemas();
    private final Map<String, Object> bodies = new TreeMap<>();

    private OpenApiDocument() {}

    /** Returns the document, with the payload schemas of these types. */
    static Map<String, Object> of(List<Route> routes, List<HandlerView.Type> types, String version) {
        return new OpenApiDocument().document(routes, types, version);
    }

    private Map<String, Object> document(List<Route> routes, List<HandlerView.Type> types, String version) {
        Map<String, Map<String, Object>> paths = new LinkedHashMap<>();
        for (Route route : routes) {
            add(paths, RestServlet.ROOT + route.path(), route.operation(), responses(route));
        }
        for (Operation stream : StreamOperations.STREAMS) {
            add(paths, stream.path(), stream, events(stream));
        }
        paths.put(CommandServlet.PATH, Map.of("post", commands()));
        Map<String, Object> schemas = new TreeMap<>(bodies);
        schemas.putAll(views.all());
        schemas.put(SPECIFICATION, BodySchemas.specification(types, schemas));
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
                        "A durable job host: submit jobs, and follow them."));
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

    private void add(
            Map<String, Map<String, Object>> paths, String path, Operation operation, Map<String, Object> responses) {
        Map<String, Object> described = described(operation);
        Map<String, Object> body = operation.hasBody() ? body(operation) : Map.of();
        if (!body.isEmpty()) {
            described.put("requestBody", body);
        }
        described.put("responses", responses);
        paths.computeIfAbsent(path, key -> new LinkedHashMap<>())
                .put(operation.method().toLowerCase(Locale.ROOT), described);
    }

    private static Map<String, Object> described(Operation operation) {
        Map<String, Object> described = new LinkedHashMap<>();
        described.put("operationId", operation.name());
        described.put("tags", List.of(operation.subject()));
        described.put("summary", operation.summary());
        if (!operation.rules().isEmpty()) {
            described.put("description", permissions(operation));
        }
        if (operation.isForEverybody()) {
            described.put("security", List.of());
        }
        described.put("parameters", parameters(operation));
        return described;
    }

    static String permissions(Operation operation) {
        return operation.rules().stream()
                .map(rule -> {
                    String own = rule.needs(true).text();
                    String all = rule.needs(false).text();
                    return "`" + own + "`"
                            + (own.equals(all)
                                    ? ""
                                    : " (for others'" + (rule == AccessRule.SIGN_INS ? " `" : " jobs `") + all + "`)");
                })
                .collect(Collectors.joining(", and ", "Requires the permission ", "."));
    }

    private static List<Object> parameters(Operation operation) {
        List<Object> parameters = new ArrayList<>();
        operation.pathInputs().forEach(input -> parameters.add(parameter(input, "path")));
        if (!operation.hasBody()) {
            operation.otherInputs().forEach(input -> parameters.add(parameter(input, "query")));
        }
        HEADERS.forEach((name, meaning) -> {
            if (isFor(name, operation)) {
                parameters.add(parameter(name, "header", TEXT, meaning, false));
            }
        });
        return parameters;
    }

    private static boolean isFor(String header, Operation operation) {
        return switch (header) {
            case RequestGuard.KEY -> operation.repetition().rule() != RepeatRule.REFUSED;
            case RequestGuard.MATCH -> operation.isConditional();
            case "If-None-Match" -> operation.name().equals("getJob");
            case EventsServlet.LAST -> operation == StreamOperations.EVENTS;
            default -> !StreamOperations.STREAMS.contains(operation);
        };
    }

    private static Map<String, Object> parameter(Input input, String in) {
        Map<String, Object> schema = new LinkedHashMap<>(
                switch (input.type()) {
                    case TEXTS_BY_NAME -> Map.of("type", "array", "items", TEXT); // each NAME=VALUE
                    case DURATION -> TEXT;
                    default -> input.schema();
                });
        schema.remove("description");
        return parameter(
                input.name(),
                in,
                schema,
                input.meaning().isEmpty() ? null : input.meaning(),
                in.equals("path") || input.required());
    }

    private static Map<String, Object> parameter(
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

    private Map<String, Object> body(Operation operation) {
        boolean isSpecification = operation.jobFields().equals(JobField.ALL);
        String name = isSpecification ? SPECIFICATION : operation.name() + "Body";
        if (!isSpecification) {
            bodies.put(name, BodySchemas.of(operation));
        }
        Map<String, Object> content = new LinkedHashMap<>();
        content.put(Representation.JSON, Map.of("schema", Map.of("$ref", ViewSchemas.PLACE + name)));
        if (operation.otherInputs().stream().anyMatch(input -> input.type() == InputType.JOBS)) {
            content.put(
                    JobLines.TYPE,
                    Map.of("schema", Map.of("type", "string", "description", "one specification per line")));
        }
        return Map.of("required", operation.needsBody(), "content", content);
    }

    private Map<String, Object> responses(Route route) {
        Map<String, Object> responses = new LinkedHashMap<>();
        route.operation().answers().forEach((status, view) -> {
            Map<String, Object> content = new LinkedHashMap<>();
            content.put(Representation.JSON, Map.of("schema", views.reference(view)));
            if (route.streams()) {
                content.put(Representation.EVENTS, Map.of("schema", TEXT));
            }
            responses.put(String.valueOf(status), Map.of("description", view.meaning(), "content", content));
        });
        if (route.name().equals("getJob")) {
            responses.put("304", Map.of("description", "The job has not changed."));
        }
        responses.put("default", problem("The reason that the request failed."));
        return responses;
    }

    private Map<String, Object> events(Operation stream) {
        Map<String, Object> responses = new LinkedHashMap<>();
        stream.answers()
                .forEach((status, view) -> responses.put(
                        String.valueOf(status),
                        response(view.meaning(), Representation.EVENTS, views.reference(view))));
        responses.put(
                "default",
                problem("The reason that no stream was opened; 410 if some events after the position were removed."));
        return responses;
    }

    private Map<String, Object> commands() {
        Map<String, Object> frames =
                Map.of(CommandServlet.FRAMES, Map.of("schema", Map.of("type", "string", "format", "binary")));
        Map<String, Object> described = described(StreamOperations.COMMANDS);
        described.put(
                "parameters",
                StreamOperations.COMMANDS.inputs().stream()
                        .map(input -> parameter(input, "query"))
                        .toList());
        described.put("requestBody", Map.of("required", true, "content", frames));
        described.put(
                "responses",
                Map.of(
                        "200",
                        Map.of("description", "Output and exit code of the command.", "content", frames),
                        "default",
                        problem("The reason that the command was not run.")));
        return described;
    }

    private Map<String, Object> problem(String description) {
        return response(description, ErrorView.MEDIA_TYPE, views.reference(ErrorView.PROBLEM));
    }

    private static Map<String, Object> response(String description, String type, Object schema) {
        return Map.of("description", description, "content", Map.of(type, Map.of("schema", schema)));
    }
}

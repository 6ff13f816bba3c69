// SPDX-License-Identifier: Apache-2.0
package io.jobyard.rest;

import io.jobyard.views.api.EventView;
import io.jobyard.views.api.ProblemView;
import io.jobyard.views.api.PulseView;
import io.jobyard.views.api.View;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What the document says of the streams: of events, and of what a command prints. */
final class LiveDocument {

    private LiveDocument() {}

    static void paths(Map<String, Map<String, Object>> paths, ViewSchemas views) {
        paths.put(
                "/events",
                Map.of(
                        "get",
                        operation(
                                "followEvents",
                                "The changes of jobs as they come: each an event with its cursor as id, the new status"
                                        + " as name, and as data the schema live event. Those of all jobs, or of the"
                                        + " caller's own without the permission view:all.",
                                EventView.LIVE_EVENT,
                                parameters(),
                                views)));
        paths.put(CommandServlet.PATH, Map.of("post", commands(views)));
        paths.put(
                "/live",
                Map.of(
                        "get",
                        operation(
                                "followScreen",
                                "For screens: at most twice a second an event pulse, with the schema pulse as data.",
                                PulseView.PULSE,
                                List.of(),
                                views)));
    }

    private static Map<String, Object> commands(ViewSchemas views) {
        Map<String, Object> frames =
                Map.of(CommandServlet.FRAMES, Map.of("schema", Map.of("type", "string", "format", "binary")));
        Map<String, Object> problem = Map.of(
                "description",
                "Why the command was not run.",
                "content",
                Map.of(ProblemView.MEDIA_TYPE, Map.of("schema", views.reference(ProblemView.PROBLEM))));
        return Map.of(
                "operationId",
                "runCommand",
                "tags",
                List.of("commands"),
                "summary",
                "Run a command of bin/jobyard, and send what it prints as it comes. It takes the permissions that it takes"
                        + " everywhere.",
                "parameters",
                List.of(OpenApiDocument.parameter(CommandServlet.COLUMNS)),
                "requestBody",
                Map.of("required", true, "content", frames),
                "responses",
                Map.of(
                        "200",
                        Map.of("description", "What it prints, and its exit code.", "content", frames),
                        "default",
                        problem));
    }

    private static List<Object> parameters() {
        List<Object> parameters = new ArrayList<>(List.of(OpenApiDocument.parameter(
                EventsServlet.LAST,
                "header",
                Map.of("type", "string"),
                "the id of the last event that the client has",
                false)));
        EventsServlet.QUERY.forEach(each -> parameters.add(OpenApiDocument.parameter(each)));
        return parameters;
    }

    private static Map<String, Object> operation(
            String name, String summary, View<?> data, List<Object> parameters, ViewSchemas views) {
        Map<String, Object> problem = Map.of(
                "description",
                "Why there is no stream; 410 if some of the events after the position are not kept any more.",
                "content",
                Map.of(ProblemView.MEDIA_TYPE, Map.of("schema", views.reference(ProblemView.PROBLEM))));
        return Map.of(
                "operationId",
                name,
                "tags",
                List.of("events"),
                "summary",
                summary,
                "parameters",
                parameters,
                "responses",
                Map.of(
                        "200",
                        Map.of(
                                "description",
                                data.meaning(),
                                "content",
                                Map.of(Representation.EVENTS, Map.of("schema", views.reference(data)))),
                        "default",
                        problem));
    }
}

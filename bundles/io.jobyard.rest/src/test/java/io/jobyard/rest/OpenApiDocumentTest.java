// SPDX-License-Identifier: Apache-2.0
package io.jobyard.rest;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.jobyard.rest.RestServer.Answered;
import io.jobyard.spi.access.Caller;
import io.jobyard.views.api.JobField;
import io.jobyard.views.api.JsonWriter;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each request that the document tells of is sent, and each answer is what the document says. */
class OpenApiDocumentTest {

    private static RestFixture host;
    private static RouteExamples examples;
    private static Map<String, Object> document;

    @BeforeAll
    static void begin() {
        host = new RestFixture();
        examples = new RouteExamples(host);
        document = host.server.get("/openapi.json").json();
    }

    @AfterAll
    static void end() {
        host.close();
    }

    static List<Route> routes() {
        return RestFixture.routes();
    }

    @ParameterizedTest
    @MethodSource("routes")
    void anAnswerIsWhatTheDocumentSays(Route route) {
        List<Function<String, RouteExamples.Example>> requests = examples.of(route);
        assertThat(requests).as(route.name() + " has an example").isNotEmpty();
        for (Function<String, RouteExamples.Example> request : requests) {
            RouteExamples.Example example = request.apply("ann");
            host.server.as(Caller.user("ann"));
            Answered answer = host.server.send(route.method(), example.path(), example.body());
            Map<?, ?> operation = at(
                    document,
                    "paths",
                    RestServlet.ROOT + route.path(),
                    route.method().toLowerCase(java.util.Locale.ROOT));
            Map<?, ?> responses = at(operation, "responses");
            assertThat(answer.status()).as(answer.json().toString()).isBetween(200, 299);
            if (answer.status() == 201) {
                assertThat(answer.header("Location")).as(route.name()).startsWith(RestServlet.ROOT + "/");
                assertThat(host.server
                                .get(answer.header("Location").substring(RestServlet.ROOT.length()))
                                .status())
                        .isEqualTo(200);
            }
            assertThat(responses.containsKey(String.valueOf(answer.status())))
                    .as(route.name() + " says that it answers " + answer.status())
                    .isTrue();
            Map<?, ?> schema = at(responses, String.valueOf(answer.status()), "content", "application/json", "schema");
            assertThat(problems(schema, answer.json())).as(route.name()).isEmpty();
            if (example.body() != null) {
                Map<?, ?> body = at(operation, "requestBody", "content", "application/json", "schema");
                assertThat(problems(body, io.jobyard.views.api.JsonReader.object("body", example.body())))
                        .as("the body of " + route.name())
                        .isEmpty();
            }
        }
    }

    @Test
    void aProblemIsWhatTheDocumentSays() {
        Map<?, ?> problem = Map.of("$ref", "#/components/schemas/problem");
        Answered refused = host.server.post("/jobs", "{\"type\": \"echo\"}");
        assertThat(refused.status()).isEqualTo(400);
        assertThat(problems(problem, refused.json())).isEmpty();
        assertThat(problems(problem, host.server.get("/nothing").json())).isEmpty();
        assertThat(problems(
                        problem,
                        host.server.get("/jobs/" + new java.util.UUID(1, 2)).json()))
                .isEmpty();
        assertThat(problems(problem, Map.of("status", "400"))).isNotEmpty();
    }

    @Test
    void thePayloadOfATypeIsWhatItsHandlerSays() {
        Map<?, ?> specification = Map.of("$ref", "#/components/schemas/specification");
        assertThat(problems(specification, Map.of("type", "echo", "payload", Map.of("text", "hi"))))
                .isEmpty();
        assertThat(problems(specification, Map.of("type", "echo", "payload", Map.of("text", 7))))
                .isNotEmpty();
        assertThat(problems(specification, Map.of("type", "slow", "payload", Map.of("text", 7))))
                .isEmpty();
        Map<?, ?> properties = at(document, "components", "schemas", "specification", "properties");
        assertThat(properties.keySet())
                .isEqualTo(JobField.ALL.stream().map(JobField::name).collect(Collectors.toSet()));
    }

    @Test
    void aGeneratedClientSendsOnlyTheFieldsThatItsUserSets() {
        for (String body : List.of("changeJobBody", "changeScheduleBody", "cloneJobBody")) {
            Map<?, ?> fields = at(document, "components", "schemas", body, "properties");
            assertThat(fields.values()).map(Map.class::cast).allSatisfy(field -> {
                assertThat(field.containsKey("default"))
                        .as("%s %s", body, field)
                        .isFalse();
                assertThat(field.get("type")).as("%s %s", body, field).isNotIn("array", "object");
            });
        }
        Map<?, ?> payload = at(document, "components", "schemas", "specification", "properties", "payload");
        assertThat(payload.get("additionalProperties"))
                .as("a payload may have any members")
                .isEqualTo(true);
    }

    @Test
    void namesOfOperationsAreThereOnce() {
        assertThat(RestFixture.routes()).extracting(Route::name).doesNotHaveDuplicates();
        assertThat(RestFixture.routes())
                .allSatisfy(route -> assertThat(route.operation().summary()).endsWith("."));
    }

    /** A generated client returns one type for each operation: with two of them it would lose the id of a new job. */
    @Test
    void anOperationSucceedsInOneShape() {
        Map<?, ?> paths = at(document, "paths");
        int operations = 0;
        for (Map.Entry<?, ?> path : paths.entrySet()) {
            for (Map.Entry<?, ?> operation : ((Map<?, ?>) path.getValue()).entrySet()) {
                Set<Object> shapes = new LinkedHashSet<>();
                at((Map<?, ?>) operation.getValue(), "responses").forEach((status, response) -> {
                    if (status.toString().startsWith("2")) {
                        Map<?, ?> content = at((Map<?, ?>) response, "content");
                        if (content.containsKey(CommandServlet.FRAMES)) {
                            shapes.add(Map.of("$ref", CommandServlet.FRAMES));
                            return;
                        }
                        shapes.add(
                                content.containsKey("application/json")
                                        ? at(content, "application/json", "schema")
                                        : at(content, "text/event-stream", "schema"));
                    }
                });
                assertThat(shapes)
                        .as(operation.getKey() + " " + path.getKey())
                        .hasSize(1)
                        .allSatisfy(shape ->
                                assertThat(((Map<?, ?>) shape).keySet()).hasToString("[$ref]"));
                operations++;
            }
        }
        assertThat(operations).isEqualTo(RestFixture.routes().size() + 3);
    }

    private static Map<?, ?> at(Map<?, ?> from, String... path) {
        Map<?, ?> here = from;
        for (String step : path) {
            here = (Map<?, ?>) here.get(step);
            assertThat(here).as(step).isNotNull();
        }
        return here;
    }

    /** What a schema of the document refuses. */
    private static List<String> problems(Map<?, ?> schema, Object value) {
        Map<String, Object> whole = new LinkedHashMap<>();
        schema.forEach((key, each) -> whole.put(key.toString(), each));
        whole.put("components", document.get("components"));
        Schema compiled = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(JsonWriter.compact(whole));
        return compiled.validate(JsonWriter.compact(value), InputFormat.JSON).stream()
                .map(Object::toString)
                .toList();
    }
}

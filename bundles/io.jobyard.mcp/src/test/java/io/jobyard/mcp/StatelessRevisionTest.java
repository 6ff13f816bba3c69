// SPDX-License-Identifier: Apache-2.0
package io.jobyard.mcp;

import static io.jobyard.mcp.McpFixture.ASKING;
import static io.jobyard.mcp.McpFixture.TASKS;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.jobyard.api.Progress;
import io.jobyard.api.handler.HandlesJob;
import io.jobyard.spi.access.Permission;
import io.jobyard.spi.handlers.HandlerInfo;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The revision 2026-07-28. */
@Timeout(60)
class StatelessRevisionTest {

    private final McpFixture mcp = new McpFixture();

    @AfterEach
    void close() {
        mcp.close();
    }

    @Test
    void aClientDiscoversWhatIsSpokenAndThatThereAreTasks() throws Exception {
        JsonNode result = mcp.modern("server/discover", "", "").get("result");
        assertThat(result.at("/resultType").asText()).isEqualTo("complete");
        assertThat(result.at("/supportedVersions/0").asText()).isEqualTo("2026-07-28");
        assertThat(result.at("/capabilities/extensions").has(ClientClaims.TASKS))
                .isTrue();
        assertThat(result.at("/capabilities").has("tasks")).isFalse();
        assertThat(result.at("/ttlMs").asInt(-1)).isZero();
        assertThat(result.at("/cacheScope").asText()).isEqualTo("private");
        assertThat(result.get("_meta")
                        .get("io.modelcontextprotocol/serverInfo")
                        .get("version")
                        .asText())
                .isEqualTo("1.2.3");
    }

    @Test
    void whoDoesNotSayWhatItSpeaksIsRefused() throws Exception {
        assertThat(code(mcp.ask("server/discover", "{}"))).isEqualTo(RpcFault.INVALID_PARAMS);
        assertThat(code(mcp.ask(
                        "tools/list", "{\"_meta\": {\"io.modelcontextprotocol/protocolVersion\": \"2026-07-28\"}}")))
                .isEqualTo(RpcFault.INVALID_PARAMS);
        JsonNode other = mcp.ask("tools/list", McpFixture.params("", "").replace("2026-07-28", "2031-01-01"));
        assertThat(code(other)).isEqualTo(RpcFault.UNSUPPORTED_VERSION);
        assertThat(other.at("/error/data/requested").asText()).isEqualTo("2031-01-01");
        assertThat(other.at("/error/data/supported/0").asText()).isEqualTo("2026-07-28");
        for (String method : new String[] {"initialize", "ping", "tasks/list", "tasks/result"}) {
            assertThat(code(mcp.modern(method, TASKS, ""))).as(method).isEqualTo(RpcFault.METHOD_NOT_FOUND);
        }
    }

    @Test
    void aShortJobAnswersWithItsResultAsTextAndAsJson() throws Exception {
        JsonNode result = call(TASKS, "add", "{\"a\": 2, \"b\": 3}");
        assertThat(result.at("/resultType").asText()).isEqualTo("complete");
        assertThat(result.at("/structuredContent/sum").asInt()).isEqualTo(5);
        assertThat(result.at("/content/0/text").asText()).isEqualTo("{\"sum\":5}");
        assertThat(result.has("isError")).isFalse();
        assertThat(result.get("_meta").has(ToolResult.JOB)).isTrue();
    }

    @Test
    void aResultInTheFormOfTheProtocolIsTakenAsItIs() throws Exception {
        String picture = "{\"type\": \"image\", \"data\": \"AA==\", \"mimeType\": \"image/png\"}";
        JsonNode result = call(TASKS, "picture", "{\"blocks\": [" + picture + "]}");
        assertThat(result.at("/content/0/mimeType").asText()).isEqualTo("image/png");
        assertThat(result.has("structuredContent")).isFalse();
        for (String other : new String[] {"[]", "\"a text\"", "[{\"type\": \"film\"}]", "[" + picture + ", 1]"}) {
            assertThat(call(TASKS, "picture", "{\"blocks\": " + other + "}").has("structuredContent"))
                    .as(other)
                    .isTrue();
        }
    }

    @Test
    void aJobThatFailsIsAnErrorThatAModelCanRead() throws Exception {
        JsonNode result = call(TASKS, "fail", "{}");
        assertThat(result.at("/isError").asBoolean()).isTrue();
        assertThat(result.at("/content/0/text").asText()).contains("failed", "the printer is on fire");
        assertThat(result.at("/structuredContent/status").asText()).isEqualTo("failed");
    }

    @Test
    void aLongJobIsATaskThatIsStoredAlready() throws Exception {
        JsonNode created = call(TASKS, "long", "{}");
        String id = created.at("/taskId").asText();
        assertThat(created.at("/resultType").asText()).isEqualTo("task");
        assertThat(created.at("/status").asText()).isEqualTo("working");
        assertThat(created.at("/statusMessage").asText()).startsWith("so it is ");
        assertThat(created.at("/createdAt").asText()).isEqualTo("2030-01-01T00:00:00Z");
        assertThat(created.get("ttlMs").isNull()).isTrue();
        assertThat(created.has("result")).isFalse();

        assertThat(task(TASKS, id).at("/status").asText()).isEqualTo("working");
        mcp.endLong(id);
        JsonNode ended = task(TASKS, id);
        assertThat(ended.at("/status").asText()).isEqualTo("completed");
        assertThat(ended.at("/resultType").asText()).isEqualTo("complete");
        assertThat(ended.at("/result/resultType").asText()).isEqualTo("complete");
        assertThat(ended.at("/result/structuredContent/after").asText()).isEqualTo("long");
    }

    @Test
    void aClientWithoutTasksIsToldTheJobInsteadAndHowToAskForIt() throws Exception {
        JsonNode result = call("", "long", "{}");
        assertThat(result.at("/resultType").asText()).isEqualTo("complete");
        assertThat(result.has("taskId")).isFalse();
        assertThat(result.at("/content/0/text").asText())
                .contains("continues", "Do not submit it again", "jobyard_job_result");
        assertThat(result.at("/structuredContent/id").asText()).hasSize(36);

        JsonNode refused = mcp.modern("tasks/get", "", ", \"taskId\": \"x\"");
        assertThat(code(refused)).isEqualTo(RpcFault.MISSING_CAPABILITY);
        assertThat(refused.at("/error/data/requiredCapabilities/extensions").has(ClientClaims.TASKS))
                .isTrue();
    }

    @Test
    void aCancelledTaskEndsAndASecondCancelIsNoFault() throws Exception {
        String id = call(TASKS, "ask", "{}").at("/taskId").asText();
        for (int times = 0; times < 2; times++) {
            JsonNode done = mcp.modern("tasks/cancel", TASKS, taskId(id)).get("result");
            assertThat(done.at("/resultType").asText()).isEqualTo("complete");
            assertThat(done.has("status")).isFalse();
        }
        assertThat(task(TASKS, id).at("/status").asText()).isEqualTo("cancelled");
    }

    @Test
    void aCancelTakesNoPermissionToView() throws Exception {
        String id = call(TASKS, "ask", "{}").at("/taskId").asText();
        mcp.mayView = false;
        JsonNode done = mcp.modern("tasks/cancel", TASKS, taskId(id)).get("result");
        assertThat(done.at("/resultType").asText()).isEqualTo("complete");
        mcp.mayView = true;
        assertThat(task(TASKS, id).at("/status").asText()).isEqualTo("cancelled");
    }

    @Test
    void anUnknownTaskIsRefused() throws Exception {
        for (String id : new String[] {"nonsense", "00000000-0000-7000-8000-000000000000"}) {
            assertThat(code(mcp.modern("tasks/get", TASKS, taskId(id)))).isEqualTo(RpcFault.INVALID_PARAMS);
            assertThat(code(mcp.modern("tasks/update", TASKS, taskId(id)))).isEqualTo(RpcFault.INVALID_PARAMS);
            assertThat(code(mcp.modern("tasks/cancel", TASKS, taskId(id)))).isEqualTo(RpcFault.INVALID_PARAMS);
        }
    }

    @Test
    void aJobThatWaitsForASignalAsksTheUserForIt() throws Exception {
        String id = call(TASKS, "ask", "{}").at("/taskId").asText();
        JsonNode asked = task(ASKING + TASKS, id);
        assertThat(asked.at("/status").asText()).isEqualTo("input_required");
        JsonNode request = asked.get("inputRequests").get("signal approved");
        assertThat(request.at("/method").asText()).isEqualTo("elicitation/create");
        assertThat(request.at("/params/message").asText()).contains(id, "waits for the signal approved");
        assertThat(task(TASKS, id).at("/status").asText())
                .as("its user cannot be asked")
                .isEqualTo("working");

        answer(id, "{\"other\": {\"action\": \"accept\"}, \"signal approved\": {\"action\": \"decline\"}}");
        assertThat(task(ASKING + TASKS, id).at("/status").asText()).isEqualTo("input_required");
        answer(
                id,
                "{\"signal approved\": {\"action\": \"accept\", \"content\": {\"value\": \"{\\\"by\\\": \\\"ann\\\"}\"}}}");
        mcp.awaitEnd(id);
        assertThat(task(ASKING + TASKS, id)
                        .at("/result/structuredContent/said/by")
                        .asText())
                .isEqualTo("ann");
    }

    @Test
    void aToolIsThereForWhoMaySubmitIt() throws Exception {
        assertThat(names()).startsWith("jobyard_list_jobs").endsWith("add", "ask", "fail", "long", "picture");
        mcp.access.allow(Permission.VIEW);
        assertThat(names()).hasSize(6).allMatch(name -> name.startsWith("jobyard_"));
        JsonNode refused = mcp.modern("tools/call", TASKS, ", \"name\": \"add\", \"arguments\": {\"a\": 1, \"b\": 2}");
        assertThat(code(refused)).isEqualTo(RpcFault.INVALID_PARAMS);
        assertThat(refused.at("/error/message").asText()).contains("unknown tool 'add'");
    }

    @Test
    void aToolIsLeftOutForWhoMayNotSubmitItsType() throws Exception {
        mcp.access.refuseTypes("add");
        assertThat(names()).contains("fail").doesNotContain("add");
        JsonNode refused = mcp.modern("tools/call", TASKS, ", \"name\": \"add\", \"arguments\": {\"a\": 1, \"b\": 2}");
        assertThat(refused.at("/error/message").asText()).contains("unknown tool 'add'");
    }

    @Test
    void aCallIsRefusedBeforeItsJobIsStoredIfTheCallerMayNotSeeIt() throws Exception {
        mcp.access.allow(Permission.SUBMIT);
        JsonNode refused = mcp.modern("tools/call", TASKS, ", \"name\": \"add\", \"arguments\": {\"a\": 1, \"b\": 2}");
        assertThat(refused.at("/result/isError").asBoolean()).isTrue();
        assertThat(refused.at("/result/content/0/text").asText()).contains("may not see");
        assertThat(refused.toString()).doesNotContain("io.jobyard/job");
    }

    @Test
    void aToolSaysWhatItsHandlerSaysOfItAndNoMore() throws Exception {
        mcp.handlers.go("add");
        mcp.handlers.handlers.add(new HandlerInfo(
                "add",
                "1.0.0",
                "test 1.0.0",
                "active",
                0,
                1,
                "Adds.",
                Set.of(HandlesJob.READS_ONLY, HandlesJob.REPEATABLE, HandlesJob.INSIDE)));
        JsonNode add = tool("add");
        assertThat(add.get("annotations"))
                .isEqualTo(McpFixture.json(
                        "{\"readOnlyHint\": true, \"idempotentHint\": true, \"openWorldHint\": false}"));
        assertThat(tool("fail").has("annotations")).isFalse();
        assertThat(tool("jobyard_explain_job").at("/annotations/readOnlyHint").asBoolean())
                .isTrue();
        assertThat(tool("jobyard_cancel_job").get("annotations"))
                .isEqualTo(
                        McpFixture.json(
                                "{\"readOnlyHint\": false, \"destructiveHint\": true, \"idempotentHint\": true, \"openWorldHint\": false}"));
    }

    @Test
    void whatAToolAnswersHasASchemaIfItsBundleBringsOne() throws Exception {
        mcp.handlers.resultSchemas.put(
                "picture",
                "{\"$defs\": {\"blocks\": {\"type\": \"array\"}}, \"required\": [\"content\"],"
                        + " \"properties\": {\"content\": {\"$ref\": \"#/$defs/blocks\"}}}");
        JsonNode schema = tool("picture").get("outputSchema");
        assertThat(schema.at("/type").asText()).isEqualTo("object");
        assertThat(schema.at("/$defs/blocks/type").asText())
                .as("what is referred to")
                .isEqualTo("array");
        assertThat(schema.at("/anyOf/0/required/0").asText()).isEqualTo("content");
        assertThat(schema.at("/anyOf/1/required").toString()).isEqualTo("[\"id\",\"status\"]");
        String picture = "{\"type\": \"image\", \"data\": \"AA==\", \"mimeType\": \"image/png\"}";
        JsonNode result = call(TASKS, "picture", "{\"blocks\": [" + picture + "]}");
        assertThat(result.at("/structuredContent/content/0/type").asText()).isEqualTo("image");
        assertThat(result.at("/content/0/type").asText()).isEqualTo("image");
        assertThat(tool("add").has("outputSchema")).isFalse();
        assertThat(tool("jobyard_list_jobs")
                        .at("/outputSchema/anyOf/0/properties/jobs/items/properties/id/description")
                        .asText())
                .isNotEmpty();
        String error = "[\"code\",\"field\",\"message\",\"fix\"]";
        assertThat(tool("jobyard_list_jobs")
                        .at("/outputSchema/anyOf/1/properties/error/required")
                        .toString())
                .isEqualTo(error);
        assertThat(schema.at("/anyOf/2/properties/error/required").toString()).isEqualTo(error);
    }

    @Test
    void howFarAJobIsIsToldToWhoAsksForIt() throws Exception {
        mcp.progress = new Progress(3, 10, "three of ten", Instant.EPOCH);
        String asked = ", \"name\": \"long\"";
        mcp.ask(
                "tools/call",
                McpFixture.params("", asked).replace("{\"_meta\": {", "{\"_meta\": {\"progressToken\": \"p1\", "));
        assertThat(mcp.told)
                .as("it goes no further")
                .containsExactly(RpcAnswer.notification(
                        "notifications/progress",
                        Map.of("progressToken", "p1", "progress", 3L, "total", 10L, "message", "three of ten")));
        mcp.told.clear();
        mcp.ask("tools/call", McpFixture.params("", asked));
        assertThat(mcp.told).isEmpty();
    }

    private JsonNode tool(String name) throws Exception {
        for (JsonNode tool : mcp.modern("tools/list", "", "").at("/result/tools")) {
            if (tool.get("name").asText().equals(name)) {
                return tool;
            }
        }
        throw new AssertionError(name);
    }

    private List<String> names() throws Exception {
        List<String> names = new ArrayList<>();
        mcp.modern("tools/list", "", "")
                .at("/result/tools")
                .forEach(tool -> names.add(tool.get("name").asText()));
        return names;
    }

    private JsonNode call(String capabilities, String tool, String arguments) throws Exception {
        return mcp.modern("tools/call", capabilities, ", \"name\": \"" + tool + "\", \"arguments\": " + arguments)
                .get("result");
    }

    private JsonNode task(String capabilities, String id) throws Exception {
        return mcp.modern("tasks/get", capabilities, taskId(id)).get("result");
    }

    private void answer(String id, String responses) throws Exception {
        JsonNode done = mcp.modern("tasks/update", ASKING + TASKS, taskId(id) + ", \"inputResponses\": " + responses);
        assertThat(done.at("/result/resultType").asText()).isEqualTo("complete");
    }

    private static String taskId(String id) {
        return ", \"taskId\": \"" + id + "\"";
    }

    private static int code(JsonNode answer) {
        return answer.at("/error/code").asInt();
    }
}

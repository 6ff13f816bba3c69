// SPDX-License-Identifier: Apache-2.0
package io.jobyard.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.jobyard.api.JobId;
import io.jobyard.spi.access.Caller;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The revisions 2025-06-18 and 2025-11-25. */
@Timeout(60)
class InitializedRevisionTest {

    private final McpFixture mcp = new McpFixture();

    @AfterEach
    void close() {
        mcp.close();
    }

    @Test
    void theHandshakeTakesTheRevisionOfTheClientOrTheNearest() throws Exception {
        assertThat(initialize("2025-03-26").at("/protocolVersion").asText()).isEqualTo("2025-06-18");
        JsonNode old = initialize("2025-06-18");
        assertThat(old.at("/protocolVersion").asText()).isEqualTo("2025-06-18");
        assertThat(old.at("/capabilities").has("tasks")).isFalse();
        assertThat(old.at("/serverInfo/name").asText()).isEqualTo("jobyard");
        assertThat(old.has("resultType")).isFalse();

        JsonNode newest = initialize("2031-01-01");
        assertThat(newest.at("/protocolVersion").asText()).isEqualTo("2025-11-25");
        assertThat(newest.at("/capabilities/tools/listChanged").asBoolean())
                .as("this way back ends with its answer")
                .isFalse();
        assertThat(newest.at("/capabilities/tasks/requests/tools").has("call")).isTrue();
        assertThat(mcp.ask("ping", "{}").get("result")).isEmpty();
    }

    @Test
    void aNotificationGetsNoAnswer() throws Exception {
        String text = "{\"jsonrpc\": \"2.0\", \"method\": \"notifications/initialized\"}";
        assertThat(mcp.protocol
                        .answer(Caller.user("ann"), text, null, ReplyChannel.ANSWER_ALONE)
                        .get())
                .isEqualTo(RpcAnswer.NONE);
    }

    @Test
    void whatIsNoRequestIsRefused() throws Exception {
        assertCode("nonsense", RpcFault.PARSE_ERROR);
        assertCode("[{\"jsonrpc\": \"2.0\", \"id\": 1, \"method\": \"ping\"}]", RpcFault.INVALID_REQUEST);
        assertCode("{\"id\": 1, \"method\": \"ping\"}", RpcFault.INVALID_REQUEST);
        assertCode("{\"jsonrpc\": \"2.0\", \"id\": 1.5, \"method\": \"ping\"}", RpcFault.INVALID_REQUEST);
        assertCode("{\"jsonrpc\": \"2.0\", \"id\": 1}", RpcFault.INVALID_REQUEST);
        assertCode(
                "{\"jsonrpc\": \"2.0\", \"id\": 1, \"method\": \"ping\", \"params\": [1]}", RpcFault.INVALID_REQUEST);
        assertCode("{\"jsonrpc\": \"2.0\", \"id\": 1, \"method\": \"resources/list\"}", RpcFault.METHOD_NOT_FOUND);
    }

    private void assertCode(String text, int code) throws Exception {
        JsonNode answer = McpFixture.said(mcp.protocol
                .answer(Caller.user("ann"), text, null, ReplyChannel.ANSWER_ALONE)
                .get());
        assertThat(answer.at("/error/code").asInt()).as(text).isEqualTo(code);
    }

    @Test
    void aCallThatAsksForATaskGetsOneAndItsResultLater() throws Exception {
        JsonNode task = mcp.ask("tools/call", "{\"name\": \"long\", \"task\": {\"ttl\": 60000}}")
                .at("/result/task");
        String id = task.at("/taskId").asText();
        assertThat(task.at("/status").asText()).isEqualTo("working");
        assertThat(task.has("ttl")).isTrue();

        JsonNode early = mcp.ask("tasks/result", taskId(id));
        assertThat(early.at("/error/message").asText()).contains("has no result yet");
        mcp.endLong(id);
        assertThat(mcp.ask("tasks/get", taskId(id)).at("/result/status").asText())
                .isEqualTo("completed");
        JsonNode result = mcp.ask("tasks/result", taskId(id)).get("result");
        assertThat(result.at("/structuredContent/after").asText()).isEqualTo("long");
        assertThat(result.get("_meta")
                        .get("io.modelcontextprotocol/related-task")
                        .get("taskId")
                        .asText())
                .isEqualTo(id);
        assertThat(mcp.ask("tasks/cancel", taskId(id)).at("/error/code").asInt())
                .as("it has ended")
                .isEqualTo(RpcFault.INVALID_PARAMS);
    }

    @Test
    void aTaskIsCancelled() throws Exception {
        String id = mcp.ask("tools/call", "{\"name\": \"ask\", \"task\": {}}")
                .at("/result/task/taskId")
                .asText();
        assertThat(mcp.ask("tasks/cancel", taskId(id)).at("/result/status").asText())
                .isEqualTo("cancelled");
        assertThat(mcp.ask("tasks/get", taskId(id)).at("/result/status").asText())
                .isEqualTo("cancelled");
    }

    @Test
    void aCancelTakesNoPermissionToView() throws Exception {
        String id = mcp.ask("tools/call", "{\"name\": \"ask\", \"task\": {}}")
                .at("/result/task/taskId")
                .asText();
        mcp.mayView = false;
        assertThat(mcp.ask("tasks/cancel", taskId(id)).at("/result/status").asText())
                .isEqualTo("cancelled");
    }

    @Test
    void aJobThatWaitsForASignalIsToldAtOnceToWhoKnowsNoTasks() throws Exception {
        JsonNode result = mcp.ask("tools/call", "{\"name\": \"ask\"}").get("result");
        assertThat(result.at("/content/0/text").asText()).contains("continues: so it is waiting");
        assertThat(result.at("/structuredContent/status").asText()).isEqualTo("waiting");
    }

    @Test
    void aCallerWhoMayNotSeeJobsIsToldThatItsJobIsStored() throws Exception {
        mcp.mayView = false;
        JsonNode result = mcp.ask("tools/call", "{\"name\": \"add\", \"arguments\": {\"a\": 1, \"b\": 2}}")
                .get("result");
        String id = result.at("/structuredContent/id").asText();
        assertThat(mcp.job(JobId.of(id)).type()).isEqualTo("add");
        assertThat(result.get("_meta").get(ToolResult.JOB).asText()).isEqualTo(id);
        assertThat(result.has("isError")).isFalse();
        assertThat(result.at("/content/0/text").asText())
                .isEqualTo("job " + id
                        + " is stored and continues, but its result cannot be returned: user ann may not view"
                        + " jobs; the permission view is missing. Do not submit it again.");
    }

    @Test
    void aCallThatComesAgainWithItsKeyIsTheSameJob() throws Exception {
        String call = "{\"name\": \"add\", \"arguments\": {\"a\": 1, \"b\": 2}, \"_meta\": {\"" + McpToolCall.KEY
                + "\": %s}}";
        List<String> ids = new ArrayList<>();
        for (String key : List.of("\"k1\"", "\"k1\"", "\"k2\"")) {
            ids.add(mcp.ask("tools/call", call.formatted(key))
                    .at("/result/_meta")
                    .get(ToolResult.JOB)
                    .asText());
        }
        assertThat(ids.get(1)).isEqualTo(ids.get(0)).isNotEqualTo(ids.get(2));
        assertThat(mcp.ask("tools/call", call.formatted("5"))
                        .at("/error/message")
                        .asText())
                .contains("is not a string");
    }

    @Test
    void aToolOfTheHostRefusesWhatItDoesNotKnow() throws Exception {
        assertThat(error("jobyard_job_result", "{}")).startsWith("missing id; give the job ID");
        assertThat(error("jobyard_job_result", "{\"id\": 5}")).startsWith("id must be a string");
        assertThat(error("jobyard_job_result", "{\"job\": \"x\"}")).isEqualTo("unknown field 'job'; use id");
        assertThat(error("jobyard_list_jobs", "{\"limit\": 10001}")).contains("is out of range; use 1 to 10000");
        assertThat(error("jobyard_list_jobs", "{\"status\": \"done\"}")).startsWith("unknown status 'done'; use ");
        assertThat(error("jobyard_list_jobs", "{\"status\": [\"failed\", \"done\"]}"))
                .startsWith("unknown status 'done'; use ");
        assertThat(error("jobyard_list_jobs", "{\"reason\": [\"lunch\"]}")).startsWith("unknown reason 'lunch'; use ");
        assertThat(error("jobyard_list_jobs", "{\"type\": [5]}")).contains("type must be a list of strings");
        assertThat(error("jobyard_cancel_job", "{\"id\": \"00000000-0000-7000-8000-000000000000\"}"))
                .contains("00000000-0000-7000-8000-000000000000");
    }

    @Test
    void anErrorHasTheFieldsOfEveryInterface() throws Exception {
        JsonNode wrong = mcp.ask(
                        "tools/call", "{\"name\": \"jobyard_list_jobs\", \"arguments\": {\"statu\": \"failed\"}}")
                .at("/result/structuredContent/error");
        assertThat(wrong.at("/code").asText()).isEqualTo("validation");
        assertThat(wrong.at("/field").asText()).isEqualTo("statu");
        assertThat(wrong.at("/message").asText()).isEqualTo("unknown field 'statu' (did you mean 'status'?)");
        assertThat(wrong.at("/fix").asText()).startsWith("use status, ");
        JsonNode unknown = mcp.ask("tools/call", "{\"name\": \"jobyard_list_job\", \"arguments\": {}}")
                .at("/error/data");
        assertThat(unknown.at("/code").asText()).isEqualTo("validation");
        assertThat(unknown.at("/field").asText()).isEqualTo("name");
        assertThat(unknown.at("/message").asText())
                .isEqualTo("unknown tool 'jobyard_list_job' (did you mean 'jobyard_list_jobs'?)");
        assertThat(unknown.at("/fix").asText()).isEqualTo("tools/list lists your tools");
    }

    @Test
    void aToolOfTheHostAnswersWithTheJsonOfEveryFace() throws Exception {
        JsonNode added = mcp.ask("tools/call", "{\"name\": \"add\", \"arguments\": {\"a\": 1, \"b\": 2}}");
        String id = added.at("/result/_meta").get(ToolResult.JOB).asText();
        JsonNode result = mcp.ask(
                        "tools/call", "{\"name\": \"jobyard_job_result\", \"arguments\": {\"id\": \"" + id + "\"}}")
                .at("/result/structuredContent");
        assertThat(result.at("/status").asText()).isEqualTo("completed");
        assertThat(result.at("/result/sum").asInt()).isEqualTo(3);
        JsonNode explained =
                mcp.ask("tools/call", "{\"name\": \"jobyard_explain_job\", \"arguments\": {\"id\": \"" + id + "\"}}");
        assertThat(explained.at("/result/structuredContent/detail").asText()).isEqualTo("so it is completed");
        assertThat(mcp.callers).allMatch(Caller.user("ann")::equals);
    }

    @Test
    void byHttpAnOldClientHearsOfFaultsInTheAnswerAlone() throws Exception {
        assertThat(mcp.http("nonsense", "{}", Map.of()).status()).isEqualTo(200);
        assertThat(mcp.http("ping", "{}", Map.of(HeaderCheck.VERSION, "2025-06-18"))
                        .status())
                .isEqualTo(200);
        RpcAnswer unknown = mcp.http("ping", "{}", Map.of(HeaderCheck.VERSION, "2025-03-26"));
        assertThat(unknown.status()).isEqualTo(400);
        assertThat(unknown.text()).contains("2025-03-26 is not supported; use 2025-11-25 or 2026-07-28");
    }

    private String error(String tool, String arguments) throws Exception {
        JsonNode result = mcp.ask("tools/call", "{\"name\": \"" + tool + "\", \"arguments\": " + arguments + "}")
                .get("result");
        assertThat(result.at("/isError").asBoolean()).as(tool).isTrue();
        return result.at("/content/0/text").asText();
    }

    private JsonNode initialize(String version) throws Exception {
        return mcp.ask("initialize", "{\"protocolVersion\": \"" + version + "\", \"capabilities\": {}}")
                .get("result");
    }

    private static String taskId(String id) {
        return "{\"taskId\": \"" + id + "\"}";
    }
}

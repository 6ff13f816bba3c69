// SPDX-License-Identifier: Apache-2.0
package io.jobyard.mcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.jobyard.spi.access.Caller;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A message a line. */
@Timeout(60)
class McpStreamsTest {

    private final McpFixture mcp = new McpFixture();

    @AfterEach
    void close() {
        mcp.close();
    }

    @Test
    void eachRequestIsAnsweredInALineAndNotificationsAreNot() throws Exception {
        String in = McpFixture.request("ping", "{}")
                + "\n\n{\"jsonrpc\": \"2.0\", \"method\": \"notifications/x\"}\nnonsense\n"
                + McpFixture.request("tools/call", "{\"name\": \"add\", \"arguments\": {\"a\": 1, \"b\": 2}}");
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        new McpStreams(new McpHost(mcp.protocol))
                .serve(
                        Caller.administrator("root"),
                        new ByteArrayInputStream(in.getBytes(StandardCharsets.UTF_8)),
                        out);
        assertThat(out.toString(StandardCharsets.UTF_8).lines())
                .hasSize(3)
                .allMatch(line -> line.startsWith("{\"jsonrpc\":\"2.0\""))
                .anyMatch(line -> line.equals("{\"jsonrpc\":\"2.0\",\"id\":7,\"result\":{}}"))
                .anyMatch(line -> line.contains("\"code\":-32700"))
                .anyMatch(line -> line.contains("\"sum\":3"));
        assertThat(mcp.callers).allMatch(Caller.administrator("root")::equals);
    }

    @Test
    void aClientThatListensIsToldOfToolsAndTasksUntilItCancels() throws Exception {
        try (StreamsClient client = new StreamsClient(mcp)) {
            client.send(McpFixture.request("tools/call", McpFixture.params(McpFixture.TASKS, ", \"name\": \"long\"")));
            String task = client.next().at("/result/taskId").asText();
            client.send(McpFixture.request(
                    "subscriptions/listen",
                    McpFixture.params(
                            McpFixture.TASKS,
                            ", \"notifications\": {\"toolsListChanged\": true, \"promptsListChanged\": true, \"taskIds\": [\""
                                    + task + "\", \"00000000-0000-7000-8000-000000000000\"]}")));
            JsonNode acknowledged = client.next();
            assertThat(acknowledged.at("/method").asText()).isEqualTo("notifications/subscriptions/acknowledged");
            assertThat(acknowledged.at("/params/notifications"))
                    .isEqualTo(McpFixture.json("{\"toolsListChanged\": true, \"taskIds\": [\"" + task + "\"]}"));
            assertThat(acknowledged.at("/params/_meta").get(Subscription.ID).asInt())
                    .isEqualTo(7);
            assertThat(client.next().at("/params/status").asText()).isEqualTo("working");

            mcp.handlers.come("new");
            assertThat(client.next().at("/method").asText()).isEqualTo("notifications/tools/list_changed");
            mcp.endLong(task);
            mcp.changed(task);
            JsonNode ended = client.next();
            assertThat(ended.at("/method").asText()).isEqualTo("notifications/tasks");
            assertThat(ended.at("/params/status").asText()).isEqualTo("completed");
            assertThat(ended.at("/params/result/structuredContent/after").asText())
                    .isEqualTo("long");

            client.send(
                    "{\"jsonrpc\": \"2.0\", \"method\": \"notifications/cancelled\", \"params\": {\"requestId\": 7}}");
            client.send(McpFixture.request("ping", "{}"));
            assertThat(client.next().has("result")).isTrue();
        }
    }

    @Test
    void aClientOfAnOlderRevisionIsToldOfToolsOnceItIsInitialized() throws Exception {
        try (StreamsClient client = new StreamsClient(mcp)) {
            client.send(McpFixture.request("initialize", "{\"protocolVersion\": \"2025-11-25\"}"));
            assertThat(client.next()
                            .at("/result/capabilities/tools/listChanged")
                            .asBoolean())
                    .isTrue();
            client.send("{\"jsonrpc\": \"2.0\", \"method\": \"notifications/initialized\"}");
            await().until(() -> mcp.listening.open() == 1);
            mcp.handlers.come("new");
            JsonNode changed = client.next();
            assertThat(changed.at("/method").asText()).isEqualTo("notifications/tools/list_changed");
            assertThat(changed.at("/params").has("_meta")).isFalse();
        }
        await().until(() -> mcp.listening.open() == 0);
    }

    @Test
    void aClientThatListensHearsThatTheHostStops() throws Exception {
        try (StreamsClient client = new StreamsClient(mcp)) {
            client.send(McpFixture.request(
                    "subscriptions/listen",
                    McpFixture.params("", ", \"notifications\": {\"toolsListChanged\": true}")));
            client.next();
            mcp.listening.stop();
            assertThat(client.next().at("/result/resultType").asText()).isEqualTo("complete");
        }
    }

    @Test
    void whoKnowsNoTasksCannotListenForThem() throws Exception {
        try (StreamsClient client = new StreamsClient(mcp)) {
            client.send(McpFixture.request(
                    "subscriptions/listen", McpFixture.params("", ", \"notifications\": {\"taskIds\": [\"x\"]}")));
            assertThat(client.next().at("/error/code").asInt()).isEqualTo(RpcFault.MISSING_CAPABILITY);
        }
    }
}

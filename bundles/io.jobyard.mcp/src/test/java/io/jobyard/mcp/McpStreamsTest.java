// SPDX-License-Identifier: Apache-2.0
package io.jobyard.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import io.jobyard.api.spi.Caller;
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
}

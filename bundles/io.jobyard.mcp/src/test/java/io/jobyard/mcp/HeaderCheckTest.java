// SPDX-License-Identifier: Apache-2.0
package io.jobyard.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Headers that repeat the message. */
@Timeout(60)
class HeaderCheckTest {

    private static final String NAME = "Mcp-Name";
    private static final String FIRST = "Mcp-Param-First";

    private final McpFixture mcp = new McpFixture();
    private final Map<String, String> headers = new HashMap<>(
            Map.of(HeaderCheck.VERSION, "2026-07-28", "Mcp-Method", "tools/call", NAME, " add ", FIRST, "1"));

    @AfterEach
    void close() {
        mcp.close();
    }

    @Test
    void whatSaysTheSameIsTaken() throws Exception {
        assertThat(call().status()).isEqualTo(200);
        headers.put(FIRST, "=?base64?MQ==?=");
        headers.put(NAME, "=?base64?YWRk?=");
        assertThat(call().status()).isEqualTo(200);
    }

    @Test
    void whatIsMissingOrSaysSomethingElseIsRefused() throws Exception {
        for (String header : headers.keySet().toArray(String[]::new)) {
            String right = headers.put(header, "else");
            assertMismatch(header);
            headers.remove(header);
            if (!header.equals(HeaderCheck.VERSION)) {
                assertMismatch(header);
            }
            headers.put(header, right);
        }
        headers.remove(HeaderCheck.VERSION);
        assertMismatch(HeaderCheck.VERSION);
    }

    @Test
    void whatIsNoBase64IsRefused() throws Exception {
        headers.put(FIRST, "=?base64?MQ?=");
        assertMismatch(FIRST);
        headers.put(FIRST, "=?base64?M!==?=");
        assertMismatch(FIRST);
    }

    @Test
    void theStatusSaysThatAMethodIsNotThere() throws Exception {
        headers.put("Mcp-Method", "initialize");
        assertThat(mcp.http("initialize", McpFixture.params("", ""), headers).status())
                .isEqualTo(404);
    }

    private void assertMismatch(String header) throws Exception {
        RpcAnswer answer = call();
        assertThat(answer.status()).as(header).isEqualTo(400);
        assertThat(answer.text()).contains("\"code\":-32020").contains("the header " + header + " ");
    }

    private RpcAnswer call() throws Exception {
        return mcp.http(
                "tools/call",
                McpFixture.params("", ", \"name\": \"add\", \"arguments\": {\"a\": 1, \"b\": 2}"),
                headers);
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.jobyard.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import io.jobyard.api.QuotaException;
import io.jobyard.doubles.FakeSizeLimits;
import io.jobyard.doubles.Stub;
import io.jobyard.spi.access.Caller;
import io.jobyard.spi.identity.StreamPermit;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What comes by HTTP. */
@Timeout(60)
class McpServletTest {

    private static final String PING = McpFixture.request("ping", "{}");

    private final McpFixture mcp = new McpFixture();
    private final Map<String, Object> said = new HashMap<>();
    private final Map<String, String> headers = new HashMap<>();
    private StreamPermit permit = StreamPermit.UNCOUNTED;
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    @AfterEach
    void close() {
        mcp.close();
    }

    @Test
    void aPostIsAnsweredWithJson() throws Exception {
        assertThat(post(Caller.user("ann"), "application/json; charset=utf-8", PING))
                .isEqualTo(200);
        assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo("{\"jsonrpc\":\"2.0\",\"id\":7,\"result\":{}}");
        assertThat(said).containsEntry("setContentType", "application/json");
    }

    @Test
    void anAnswerHasAMediaTypeThatTheClientAccepts() throws Exception {
        headers.put("Accept", "application/json, text/event-stream;q=0.9");
        assertThat(post(Caller.user("ann"), "application/json", PING)).isEqualTo(200);
        assertThat(said).containsEntry("setContentType", "application/json");
        headers.put("Accept", "application/json;q=0, text/event-stream");
        assertThat(post(Caller.user("ann"), "application/json", PING)).isEqualTo(200);
        assertThat(said).containsEntry("setContentType", "text/event-stream;charset=utf-8");
        assertThat(out.toString(StandardCharsets.UTF_8)).endsWith("\"result\":{}}\n\n");
        out.reset();
        headers.put("Accept", "text/event-stream;q=0");
        assertThat(post(Caller.user("ann"), "application/json", PING)).isEqualTo(406);
        assertThat(out.size()).isZero();
    }

    @Test
    void aNotificationIsTakenWithoutAnAnswer() throws Exception {
        String text = "{\"jsonrpc\": \"2.0\", \"method\": \"notifications/initialized\"}";
        assertThat(post(Caller.user("ann"), "application/json", text)).isEqualTo(202);
        assertThat(out.size()).isZero();
    }

    @Test
    void whatIsNoRequestOfSomebodyKnownIsRefused() throws Exception {
        assertThat(call("GET", Caller.user("ann"), "application/json", PING)).isEqualTo(405);
        assertThat(said).containsEntry("setHeader", "Allow");
        assertThat(post(null, "application/json", PING)).isEqualTo(401);
        assertThat(post(Caller.user("ann"), "text/plain", PING)).isEqualTo(415);
        assertThat(post(Caller.user("ann"), null, PING)).isEqualTo(415);
        assertThat(post(Caller.user("ann"), "application/json", " ".repeat(1_048_576 + 65_537)))
                .isEqualTo(413);
        assertThat(out.size()).isZero();
    }

    @Test
    void whoHasTooManyStreamsIsToldSoAndDoesNotListen() throws Exception {
        headers.put("Accept", "application/json, text/event-stream");
        headers.put("MCP-Protocol-Version", "2026-07-28");
        headers.put("Mcp-Method", "subscriptions/listen");
        permit = () -> {
            throw new QuotaException("too many event streams: this user or token has 2 open already");
        };
        String listen = McpFixture.request(
                "subscriptions/listen", McpFixture.params("", ", \"notifications\": {\"toolsListChanged\": true}"));
        assertThat(post(Caller.user("ann"), "application/json", listen)).isEqualTo(200);
        assertThat(McpFixture.json(out.toString(StandardCharsets.UTF_8))
                        .at("/error/message")
                        .asText())
                .startsWith("too many event streams");
        mcp.listening.look();
        assertThat(mcp.listening.open()).isZero();
    }

    private int post(@Nullable Caller caller, @Nullable String type, String body) throws Exception {
        return call("POST", caller, type, body);
    }

    private int call(String method, @Nullable Caller caller, @Nullable String type, String body) throws Exception {
        HttpServletRequest request = Stub.<HttpServletRequest>of(HttpServletRequest.class)
                .with("getMethod", method)
                .on("getAttribute", arguments -> attribute(String.valueOf(arguments[0]), caller))
                .with("getContentType", type)
                .on("getHeader", arguments -> headers.get(String.valueOf(arguments[0])))
                .on(
                        "getHeaders",
                        arguments -> Collections.enumeration(
                                Optional.ofNullable(headers.get(String.valueOf(arguments[0]))).stream()
                                        .toList()))
                .with("getInputStream", new Body(body.getBytes(StandardCharsets.UTF_8)))
                .get();
        HttpServletResponse response = Stub.<HttpServletResponse>of(HttpServletResponse.class)
                .on("setStatus", arguments -> said.put("setStatus", arguments[0]))
                .on("setHeader", arguments -> said.put("setHeader", arguments[0]))
                .on("setContentType", arguments -> said.put("setContentType", arguments[0]))
                .on("setContentLength", arguments -> null)
                .with("getOutputStream", new Out())
                .get();
        new McpServlet(new McpHost(mcp.protocol), new FakeSizeLimits()).service(request, response);
        return (int) said.get("setStatus");
    }

    private @Nullable Object attribute(String name, @Nullable Caller caller) {
        if (name.equals("io.jobyard.spi.identity.StreamPermit")) {
            return permit;
        }
        return name.equals("io.jobyard.spi.access.Caller") ? caller : null;
    }

    private static final class Body extends ServletInputStream {

        private final ByteArrayInputStream bytes;

        Body(byte[] bytes) {
            this.bytes = new ByteArrayInputStream(bytes);
        }

        @Override
        public int read() {
            return bytes.read();
        }

        @Override
        public boolean isFinished() {
            return bytes.available() == 0;
        }

        @Override
        public boolean isReady() {
            return true;
        }

        @Override
        public void setReadListener(ReadListener listener) {
            throw new UnsupportedOperationException("it is read by the thread that asks");
        }
    }

    private final class Out extends ServletOutputStream {

        @Override
        public void write(int b) {
            out.write(b);
        }

        @Override
        public boolean isReady() {
            return true;
        }

        @Override
        public void setWriteListener(WriteListener listener) {
            throw new UnsupportedOperationException("it is written by the thread that asks");
        }
    }
}

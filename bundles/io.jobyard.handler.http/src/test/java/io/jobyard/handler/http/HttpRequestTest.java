// SPDX-License-Identifier: Apache-2.0
package io.jobyard.handler.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import io.jobyard.api.handler.PermanentException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HttpRequestTest {

    private final HttpFixture http = new HttpFixture();

    @AfterEach
    void close() throws Exception {
        http.close();
    }

    @Test
    void returnsWhatCameBack() throws Exception {
        int port = http.serve(exchange -> {
            exchange.getResponseHeaders().put("Set-Cookie", List.of("a=1", "b=2"));
            HttpFixture.answer(exchange, 201, "application/json", "{\"a\": [1, 2.5, \"ü\"]}");
        });

        Map<String, Object> result = http.get("http://api.test:" + port + "/v1?q=a%20b");

        assertThat(result)
                .containsEntry("status", 201)
                .containsEntry("body", Map.of("a", List.of(1, 2.5, "ü")))
                .containsEntry("bodyType", "json")
                .containsEntry("bytes", 21)
                .containsEntry("url", "http://api.test:" + port + "/v1?q=a%20b")
                .containsEntry("redirects", 0)
                .containsKey("millis");
        assertThat(result.get("headers"))
                .asInstanceOf(org.assertj.core.api.InstanceOfAssertFactories.MAP)
                .containsEntry("content-type", "application/json")
                .containsEntry("set-cookie", List.of("a=1", "b=2"));
        assertThat(http.asked).containsExactly("GET /v1?q=a%20b");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/?a",
                "/?a=&b",
                "/?q=a+b&q=%7e%2F%20",
                "/?=&&",
                "/?a=b=c",
                "/?",
                "/a//b/;p=1/%2e%2e/%2F",
                "/a/../b/./c",
                "/?sig=a%2Bb%3D&t=2026-01-01T00:00:00Z"
            })
    void pathAndQueryArriveAsTheyAreWritten(String path) throws Exception {
        int port = http.serve(exchange -> HttpFixture.answer(exchange, 200, "text/plain", ""));

        http.get("http://api.test:" + port + path);

        assertThat(http.asked).containsExactly("GET " + path);
    }

    @Test
    void sendsAJsonBodyAndHeaders() throws Exception {
        AtomicReference<String> seen = new AtomicReference<>();
        int port = http.serve(exchange -> {
            seen.set(header(exchange, "Content-Type") + " " + header(exchange, "X-Key") + " " + body(exchange));
            HttpFixture.answer(exchange, 200, "text/plain", "");
        });

        assertThat(http.run(Map.of(
                        "method",
                        "POST",
                        "url",
                        "http://api.test:" + port,
                        "headers",
                        Map.of("X-Key", "s3cret"),
                        "body",
                        Map.of("a", 1))))
                .containsEntry("body", "")
                .containsEntry("bodyType", "text");

        assertThat(seen).hasValue("application/json s3cret {\"a\":1}");
    }

    @Test
    void sendsATextAsItIs() throws Exception {
        AtomicReference<String> seen = new AtomicReference<>();
        int port = http.serve(exchange -> {
            seen.set(header(exchange, "Content-Type") + " " + body(exchange));
            HttpFixture.answer(exchange, 200, "text/plain", "");
        });

        http.run(Map.of(
                "method",
                "PUT",
                "url",
                "http://api.test:" + port,
                "body",
                "a,b\n",
                "headers",
                Map.of("content-type", "text/csv")));

        assertThat(seen).hasValue("text/csv a,b\n");
    }

    @Test
    void aBodyThatIsNoTextComesAsBase64() throws Exception {
        int port = http.serve(exchange -> {
            exchange.getResponseHeaders().set("Content-Type", "image/png");
            exchange.sendResponseHeaders(200, 3);
            exchange.getResponseBody().write(new byte[] {(byte) 0x89, 'P', 0});
        });

        assertThat(http.get("http://api.test:" + port))
                .containsEntry("body", "iVAA")
                .containsEntry("bodyType", "base64");
    }

    @Test
    void unpacksWhatIsPacked() throws Exception {
        int port = http.serve(exchange -> packed(exchange, 1_000));

        assertThat(http.get("http://api.test:" + port))
                .containsEntry("bytes", 1_000)
                .containsEntry("body", " ".repeat(1_000));
    }

    @Test
    void anAnswerThatUnpacksToMoreThanIsAllowedFails() throws Exception {
        int port = http.serve(exchange -> packed(exchange, 50_000_000));
        http.configuration.put("response.max.bytes", "100000");

        assertThatThrownBy(() -> http.get("http://api.test:" + port))
                .isInstanceOf(PermanentException.class)
                .hasMessage(
                        "the response of http://api.test:" + port + " is larger than 100000 bytes: raise maxBytes, or"
                                + " response.max.bytes in io.jobyard.handler.http");
    }

    @Test
    void anEndlessAnswerIsCutWhereItIsTooLong() throws Exception {
        int port = http.serve(exchange -> {
            exchange.sendResponseHeaders(200, 0);
            while (true) {
                exchange.getResponseBody().write(new byte[8192]);
            }
        });

        assertThatThrownBy(() -> http.run(Map.of("url", "http://api.test:" + port, "maxBytes", 10_000)))
                .isInstanceOf(PermanentException.class)
                .hasMessageContaining("larger than 10000 bytes");
    }

    @Test
    void aPayloadCannotAskForMoreThanTheConfigurationAllows() throws Exception {
        int port = http.serve(exchange -> HttpFixture.answer(exchange, 200, "text/plain", "four"));
        http.configuration.put("response.max.bytes", "3");

        assertThatThrownBy(() -> http.run(Map.of("url", "http://api.test:" + port, "maxBytes", 10_000)))
                .hasMessageContaining("larger than 3 bytes");
    }

    @Test
    void anAnswerOfAsManyBytesAsAreAllowedIsWhole() throws Exception {
        int port = http.serve(exchange -> HttpFixture.answer(exchange, 200, "text/plain", "four"));

        assertThat(http.run(Map.of("url", "http://api.test:" + port, "maxBytes", 4)))
                .containsEntry("body", "four");
    }

    @Test
    void nothingIsAllowedByDefaultAndTheFailureSaysWhatToWrite() {
        assertThatThrownBy(() -> http.get("https://api.example.com/v1"))
                .isInstanceOf(PermanentException.class)
                .hasMessage(
                        "http_request may not call https://api.example.com: not in the allowed origins; to allow it, set"
                                + " in etc/io.jobyard.handler.http.cfg: allow = https://api.example.com");
        assertThat(http.lookups).isEmpty();
    }

    @Test
    void aHostWithoutAnAddressIsTriedAgain() {
        http.configuration.put("allow", "http://gone.test");

        assertThatThrownBy(() -> http.run(Map.of("method", "POST", "url", "http://gone.test")))
                .isInstanceOf(CallFailedException.class)
                .hasMessage("http://gone.test: the host name has no address");
    }

    @Test
    void ofSeveralAddressesTheNextIsTriedWhereOneTakesNoConnection() throws Exception {
        int port = http.serve(exchange -> HttpFixture.answer(exchange, 200, "text/plain", "second"));
        http.names.put("api.test", List.of("127.0.0.9 127.0.0.1"));

        assertThat(http.get("http://api.test:" + port)).containsEntry("body", "second");
    }

    @Test
    void theHostsHeaderIsTheNameAndNoAddress() throws Exception {
        AtomicReference<String> host = new AtomicReference<>();
        int port = http.serve(exchange -> {
            host.set(header(exchange, "Host"));
            HttpFixture.answer(exchange, 200, "text/plain", "");
        });

        http.get("http://api.test:" + port);

        assertThat(host).hasValue("api.test:" + port);
    }

    static String header(HttpExchange exchange, String name) {
        return exchange.getRequestHeaders().getFirst(name);
    }

    static String body(HttpExchange exchange) throws IOException {
        return new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    }

    private static void packed(HttpExchange exchange, int length) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", "text/plain");
        exchange.getResponseHeaders().set("Content-Encoding", "gzip");
        exchange.sendResponseHeaders(200, 0);
        try (OutputStream packed = new GZIPOutputStream(exchange.getResponseBody())) {
            packed.write(" ".repeat(length).getBytes(StandardCharsets.US_ASCII));
        }
    }
}

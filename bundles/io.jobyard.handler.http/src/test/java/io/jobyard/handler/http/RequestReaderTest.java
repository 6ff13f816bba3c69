// SPDX-License-Identifier: Apache-2.0
package io.jobyard.handler.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.jobyard.api.handler.PermanentException;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RequestReaderTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Host",
                "connection",
                "Content-Length",
                "Transfer-Encoding",
                "Proxy-Authorization",
                "Upgrade",
                "TE",
                "Idempotency-Key",
                "webhook-id",
                "Webhook-Timestamp",
                "webhook-signature",
                "Expect"
            })
    void headersThatSayHowTheRequestIsSentAreItsOwn(String name) {
        assertThatThrownBy(() -> read("GET", Map.of(name, "a"), null))
                .isInstanceOf(PermanentException.class)
                .hasMessageContaining("headers has " + name + ", which http_request sets itself: remove it");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\r\nHost: evil.test", "a\nb", "a\u0000b", "a\u007fb", "a\u20acb"})
    void aValueThatWouldBeAnotherHeaderIsRefusedAndNotRepeated(String value) {
        assertThatThrownBy(() -> read("GET", Map.of("X-Key", value), null))
                .isInstanceOf(PermanentException.class)
                .hasMessage("invalid header X-Key: its value has characters that are not allowed in a header");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a b", "a:b", "a\r\nb", "ä"})
    void aNameThatIsNoneIsRefused(String name) {
        assertThatThrownBy(() -> read("GET", Map.of(name, "a"), null))
                .isInstanceOf(PermanentException.class)
                .hasMessageStartingWith("invalid header name in headers");
    }

    @Test
    void aGetWithABodyIsRefused() {
        assertThatThrownBy(() -> read("GET", Map.of(), "a"))
                .isInstanceOf(PermanentException.class)
                .hasMessage("body: a GET request has no body; use POST, or remove body");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"url\": \"https://a.test\"}",
                "{\"url\": \"https://a.test\", \"method\": \"POST\", \"body\": {\"a\": [1]}, \"headers\": {\"A\": \"b\"},"
                        + " \"expect\": [\"2xx\", 404], \"timeoutSeconds\": 5, \"maxBytes\": 1, \"followRedirects\": false,"
                        + " \"idempotencyKey\": true}"
            })
    void theSchemaTakesWhatIsMeant(String payload) {
        assertThat(schema().validate(payload, InputFormat.JSON)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"url\": \"\"}",
                "{\"url\": \"https://a.test\", \"methd\": \"GET\"}",
                "{\"url\": \"https://a.test\", \"method\": \"CONNECT\"}",
                "{\"url\": \"https://a.test\", \"method\": \"get\"}",
                "{\"url\": \"https://a.test\", \"headers\": {\"A\": 1}}",
                "{\"url\": \"https://a.test\", \"expect\": [\"ok\"]}",
                "{\"url\": \"https://a.test\", \"expect\": []}",
                "{\"url\": \"https://a.test\", \"timeoutSeconds\": 0}",
                "{\"url\": \"https://a.test\", \"idempotencyKey\": \"\"}"
            })
    void theSchemaRefusesAllElse(String payload) {
        assertThat(schema().validate(payload, InputFormat.JSON)).isNotEmpty();
    }

    private static Schema schema() {
        return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(HttpRequest.class.getResourceAsStream("/OSGI-INF/jobs/http_request.schema.json"));
    }

    private static OutgoingRequest read(String method, Map<String, String> headers, @Nullable Object body) {
        return RequestReader.read(
                new CallPayload(method, "https://a.test", headers, body, null, null, null, null, null, null, null),
                "id",
                Instant.EPOCH);
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.jobyard.handler.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AnswerBodyTest {

    @ParameterizedTest
    @ValueSource(strings = {"application/json", "Application/JSON; charset=utf-8", "application/problem+json"})
    void jsonIsAValue(String type) {
        assertThat(of("{\"a\": \"ü\"}", type)).isEqualTo(new AnswerBody("json", Map.of("a", "ü")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"a\": ", "{} {}", "1e999", "0.12345678901234567890123"})
    void jsonThatIsNoneOrWouldLoseDigitsIsAText(String body) {
        assertThat(of(body, "application/json")).isEqualTo(new AnswerBody("text", body));
    }

    @ParameterizedTest
    @ValueSource(strings = {"text/html", "application/xml", "image/svg+xml", "application/x-own; charset=utf-8"})
    void aTextIsAText(String type) {
        assertThat(of("<ü/>", type)).isEqualTo(new AnswerBody("text", "<ü/>"));
    }

    @Test
    void aTextIsReadInItsCharset() {
        byte[] body = "ü".getBytes(StandardCharsets.ISO_8859_1);

        assertThat(AnswerBody.of(body, "text/plain; charset=ISO-8859-1")).isEqualTo(new AnswerBody("text", "ü"));
        assertThat(AnswerBody.of("ü".getBytes(Charset.forName("UTF-16")), "text/plain;charset=\"utf-16\"")
                        .value())
                .isEqualTo("ü");
    }

    @Test
    void whatIsNotOfItsCharsetIsBase64() {
        byte[] body = {(byte) 0xfc};

        assertThat(AnswerBody.of(body, "text/plain")).isEqualTo(new AnswerBody("base64", "/A=="));
        assertThat(AnswerBody.of(body, "application/json")).isEqualTo(new AnswerBody("base64", "/A=="));
        assertThat(AnswerBody.of(body, "text/plain; charset=none-such")).isEqualTo(new AnswerBody("base64", "/A=="));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "application/octet-stream", "application/pdf"})
    void allElseIsBase64(String type) {
        assertThat(of("a", type)).isEqualTo(new AnswerBody("base64", "YQ=="));
    }

    private static AnswerBody of(String body, String type) {
        return AnswerBody.of(body.getBytes(StandardCharsets.UTF_8), type);
    }
}

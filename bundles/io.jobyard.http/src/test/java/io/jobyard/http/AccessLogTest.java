// SPDX-License-Identifier: Apache-2.0
package io.jobyard.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.jobyard.spi.steps.CallbackToken;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AccessLogTest {

    /** The log of tests goes to the error stream. */
    private static String logged(String path) throws IOException {
        PrintStream before = System.err;
        ByteArrayOutputStream log = new ByteArrayOutputStream();
        System.setErr(new PrintStream(log, true, StandardCharsets.UTF_8));
        try (WebFixture web = new WebFixture("access.log", "true")) {
            web.send("POST " + path + " HTTP/1.1", "Host: localhost", "Content-Length: 0");
        } finally {
            System.setErr(before);
        }
        return log.toString(StandardCharsets.UTF_8);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/v1/callbacks/0197.s3cret",
                "/api/v1/c%61llbacks/0197.s3cret",
                "/api/v1//callbacks/0197.s3cret",
                "/api/v1/Callbacks/x/0197.s3cret",
                "/api/v1/callbacks%2F0197.s3cret",
                "/api/v1/callbacks;x/0197.s3cret"
            })
    void tokensOfCallbacksAreMasked(String path) throws IOException {
        assertThat(logged(path)).containsIgnoringCase("callbacks/(hidden)").doesNotContain("s3cret");
    }

    @ParameterizedTest
    @CsvSource({"/api/v1/jobs/1,/api/v1/jobs/1", "/api/v1/callbacks,/api/v1/callbacks"})
    void otherPathsAreLoggedAsTheyAre(String path, String shown) throws IOException {
        assertThat(logged(path)).contains(" POST " + shown + " ");
        assertThat(CallbackToken.masked(path)).isEqualTo(shown);
    }
}

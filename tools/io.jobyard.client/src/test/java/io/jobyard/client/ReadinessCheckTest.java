// SPDX-License-Identifier: Apache-2.0
package io.jobyard.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.jobyard.client.ScriptedHostFixture.Answer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ReadinessCheckTest {

    private ScriptedHostFixture host;
    private JobyardClient client;
    private final AtomicInteger requests = new AtomicInteger();

    @BeforeEach
    void begin() throws IOException {
        host = new ScriptedHostFixture();
        client = host.builder().observer(request -> requests.incrementAndGet()).build();
    }

    @AfterEach
    void end() {
        client.close();
        host.close();
    }

    @Test
    void aReadyHostCompletesTheCheck() {
        host.on("/readyz", line(200, "text/plain", "ready\n"));
        assertThat(client.ready()).succeedsWithin(Duration.ofSeconds(10));
        assertThat(requests).hasValue(1);
    }

    @Test
    void theReasonOfAHostThatIsNotReadyIsReportedWithoutARepetition() {
        host.on("/readyz", line(503, "text/plain", "the store is not open\n"), line(200, "text/plain", "ready\n"));
        JobyardClientException problem = problem();
        assertThat(problem).hasMessage("the host is not ready: the store is not open");
        assertThat(problem.code()).isEqualTo("not_ready");
        assertThat(problem.status()).isEqualTo(503);
        assertThat(requests).hasValue(1);
    }

    @Test
    void anotherServerIsNotReady() {
        host.on(
                "/readyz",
                line(503, "text/html", "<p>Bad gateway</p>"),
                line(200, "text/html", "<p>Welcome</p>"),
                line(404, "text/plain", "gone"));
        for (int i = 0; i < 3; i++) {
            assertThat(problem().code()).isEqualTo("bad_answer");
        }
    }

    @Test
    void anUnavailableHostAnUnreadableTokenAndAClosedClientFailTheFuture() {
        try (JobyardClient other =
                host.builder().tokenFile(Path.of("/does/not/exist")).build()) {
            assertThat(problem(other).getMessage()).contains("/does/not/exist");
        }
        host.close();
        assertThat(problem().code()).isEqualTo("unreachable");
        client.close();
        assertThat(problem().code()).isEqualTo("closed");
    }

    private JobyardClientException problem() {
        return problem(client);
    }

    private static JobyardClientException problem(JobyardClient of) {
        CompletionException thrown =
                catchThrowableOfType(CompletionException.class, () -> of.ready().join());
        assertThat(thrown).hasCauseInstanceOf(JobyardClientException.class);
        return (JobyardClientException) thrown.getCause();
    }

    private static Answer line(int status, String mediaType, String line) {
        return (asked, exchange) -> {
            exchange.getResponseHeaders().set("Content-Type", mediaType + "; charset=utf-8");
            byte[] bytes = line.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        };
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.jobyard.client;

import static io.jobyard.client.RepeatedRequestsTest.refusal;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Bytes that are sent, and come back as they come. */
@Timeout(60)
class ExchangeTest {

    private static final String BYTES = "application/octet-stream";

    private static ScriptedHostFixture.Answer answer(String mediaType) {
        return (asked, exchange) -> {
            exchange.getResponseHeaders().set("Content-Type", mediaType);
            exchange.sendResponseHeaders(200, 0);
            exchange.getResponseBody().write(asked.body().getBytes(StandardCharsets.UTF_8));
            exchange.close();
        };
    }

    private static CompletableFuture<InputStream> send(JobyardClient client) {
        return client.exchange("/bytes", BYTES, new ByteArrayInputStream("hello".getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void whatIsSentGoesAsItIs() throws Exception {
        try (ScriptedHostFixture host = new ScriptedHostFixture();
                JobyardClient client = host.builder().token("t").build()) {
            host.on("/bytes", answer(BYTES));
            assertThat(send(client).join().readAllBytes())
                    .asString(StandardCharsets.UTF_8)
                    .isEqualTo("hello");
            assertThat(host.asked("/bytes").get(0).header("Authorization")).isEqualTo("Bearer t");
        }
    }

    @Test
    void anAnswerThatRefusesIsThrownAndNothingIsSentAgain() throws Exception {
        try (ScriptedHostFixture host = new ScriptedHostFixture();
                JobyardClient client = host.builder().build()) {
            host.on("/bytes", ScriptedHostFixture.json(429, "{\"code\": \"quota\", \"message\": \"too many\"}"));
            assertThat(refusal(() -> send(client).join())).hasMessage("too many");
            assertThat(host.asked("/bytes")).hasSize(1);
            host.on("/bytes", answer("text/html"));
            assertThat(refusal(() -> send(client).join()))
                    .hasMessageContaining("answers something else than a Jobyard does");
        }
    }

    @Test
    void aCallOfAClosedClientFailsItsFuture() throws Exception {
        try (ScriptedHostFixture host = new ScriptedHostFixture()) {
            JobyardClient client = host.builder().build();
            client.close();
            assertThat(refusal(() -> send(client).join()).code()).isEqualTo("closed");
        }
    }

    @Test
    void silenceEndsAnAnswer() throws Exception {
        CountDownLatch closed = new CountDownLatch(1);
        InputStream silent = new InputStream() {
            @Override
            public int read() throws IOException {
                try {
                    closed.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
                throw new IOException("closed");
            }

            @Override
            public void close() {
                closed.countDown();
            }
        };
        try (HeardStream answer = new HeardStream(silent, TimeUnit.MILLISECONDS.toNanos(300))) {
            assertThatThrownBy(answer::read).isInstanceOf(IOException.class).hasMessage("closed");
        }
    }
}

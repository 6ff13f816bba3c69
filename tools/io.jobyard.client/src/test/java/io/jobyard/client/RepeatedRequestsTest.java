// SPDX-License-Identifier: Apache-2.0
package io.jobyard.client;

import static io.jobyard.client.ScriptedHostFixture.cut;
import static io.jobyard.client.ScriptedHostFixture.job;
import static io.jobyard.client.ScriptedHostFixture.json;
import static io.jobyard.client.ScriptedHostFixture.silence;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.jobyard.api.JobSpecification;
import io.jobyard.client.ScriptedHostFixture.Answer;
import io.jobyard.client.ScriptedHostFixture.Asked;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RepeatedRequestsTest {

    private static final String JOBS = "/api/v1/jobs";
    private static final JobSpecification ECHO =
            JobSpecification.type("echo").payload(Map.of("text", "hi")).build();

    private ScriptedHostFixture host;
    private JobyardClient client;

    @BeforeEach
    void begin() throws IOException {
        host = new ScriptedHostFixture();
        client = host.builder().build();
    }

    @AfterEach
    void end() {
        client.close();
        host.close();
    }

    @Test
    void aSubmitWhoseAnswerIsLostMakesNoSecondJob() {
        Map<String, String> stored = new ConcurrentHashMap<>();
        Answer stores = (asked, exchange) -> {
            String id = stored.computeIfAbsent(asked.header("Idempotency-key"), key -> "job-" + stored.size());
            json(201, "{\"id\": \"" + id + "\", \"status\": \"queued\", \"duplicate\": false}")
                    .give(asked, exchange);
        };
        Answer storesAndCuts = (asked, exchange) -> {
            stored.put(asked.header("Idempotency-key"), "job-" + stored.size());
            exchange.close();
        };
        host.on(JOBS, storesAndCuts, json(503, "{\"code\": \"store\"}"), stores);
        RemoteSubmission first = client.submit(ECHO).submission().join();
        assertThat(first.id()).isEqualTo("job-0");
        assertThat(first.status()).isEqualTo("queued");
        assertThat(client.submit(ECHO).id().join()).as("a call of its own").isEqualTo("job-1");
        assertThat(stored).hasSize(2);
        assertThat(host.asked).hasSize(4);
        assertThat(host.asked.get(0).body()).contains("\"type\":\"echo\"", "\"payload\":{\"text\":\"hi\"}");
    }

    @Test
    void aBatchIsSentAgainUnderTheSameKey() {
        host.on(JOBS + "/batch", cut(), json(201, "{\"ids\": [\"a\", \"b\"]}"));
        assertThat(client.submitAll(List.of(
                                ECHO.toBuilder().name("one").build(),
                                ECHO.toBuilder()
                                        .dependsOn("one")
                                        .label("k", "v")
                                        .label("m", "n")
                                        .build()))
                        .join())
                .containsExactly("a", "b");
        assertThat(host.asked)
                .extracting(each -> each.header("Idempotency-key"))
                .doesNotContain("")
                .containsOnly(host.asked.get(0).header("Idempotency-key"));
        assertThat(host.asked.get(1).body())
                .contains("\"dependencies\":[\"one\"]", "\"labels\":{\"k\":\"v\",\"m\":\"n\"}");
    }

    @Test
    void whatTheHostRefusesIsNotSentAgain() {
        host.on(
                JOBS,
                json(
                        400,
                        "{\"status\": 400, \"code\": \"validation\", \"message\": \"no type\", \"fix\": \"give one\"}"));
        JobyardClientException refused = refusal(() -> client.submit(ECHO).id().join());
        assertThat(refused).hasMessage("no type; give one");
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.code()).isEqualTo("validation");
        assertThat(refused.fix()).contains("give one");
        assertThat(host.asked).hasSize(1);
    }

    @Test
    void aBusyHostIsAskedAgainNotSoonerThanItSays() {
        host.on(JOBS + "/1", json(429, "{\"code\": \"quota\"}", "Retry-After", "1"), job("1", "queued"));
        long begun = System.nanoTime();
        assertThat(client.job("1").join().status()).isEqualTo("queued");
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isGreaterThan(Duration.ofSeconds(1));
    }

    @Test
    void whatMustWaitLongerThanTheTimeoutIsTold() {
        host.on(JOBS, json(429, "{\"code\": \"quota\", \"message\": \"too many\"}", "Retry-After", "3600"));
        JobyardClientException refused = refusal(() -> client.submit(ECHO).id().join());
        assertThat(refused.code()).isEqualTo("quota");
        assertThat(refused.retryAfter()).contains(Duration.ofHours(1));
        assertThat(host.asked).hasSize(1);
    }

    @Test
    void aRetryIsSentAgainOnlyWhereItWasSurelyNotDone() {
        String path = JOBS + "/1/retry";
        host.on(path, json(429, "{\"code\": \"quota\"}"), json(200, "{\"jobs\": [{\"status\": \"queued\"}]}"));
        assertThat(client.retry("1").join()).isEqualTo("queued");
        host.on(path, cut());
        JobyardClientException unknown = refusal(() -> client.retry("1").join());
        assertThat(unknown.code()).isEqualTo("uncertain");
        assertThat(unknown).hasMessageEndingWith("; look whether it was done");
        assertThat(host.asked(path)).hasSize(3);
        host.on(path, json(503, "{\"code\": \"store\"}"));
        assertThat(refusal(() -> client.retry("1").join()).code()).isEqualTo("store");
        assertThat(host.asked(path))
                .as("a store that does not answer may have stored it")
                .hasSize(4);
    }

    @Test
    void aCancelWhoseAnswerIsLostIsDone() {
        host.on(JOBS + "/1/cancel", cut(), json(409, "{\"code\": \"state_conflict\", \"message\": \"it is over\"}"));
        host.on(JOBS + "/1", job("1", "cancelled"));
        assertThat(client.cancel("1").join()).isEqualTo("cancelled");
        host.on(JOBS + "/1", job("1", "completed"));
        assertThat(refusal(() -> client.cancel("1").join()).code()).isEqualTo("state_conflict");
    }

    @Test
    void whatStandsBetweenSaysWhatItSaid() {
        try (JobyardClient hasty =
                host.builder().timeout(Duration.ofMillis(500)).build()) {
            host.on(JOBS + "/1", json(502, "<html>no upstream</html>"));
            JobyardClientException refused = refusal(() -> hasty.job("1").join());
            assertThat(refused.code()).isEqualTo("bad_answer");
            assertThat(host.asked).hasSizeGreaterThan(1);
            host.on(JOBS + "/1", json(200, "<html>sign in</html>"));
            assertThat(refusal(() -> hasty.job("1").join()).code()).isEqualTo("bad_answer");
        }
    }

    @Test
    void whatWasSaidIsToldThoughTheLastRequestHasNoTimeForAnAnswer() {
        try (JobyardClient hasty = host.builder().timeout(Duration.ofSeconds(2)).build()) {
            host.on(JOBS + "/1", json(502, "<html>no upstream</html>"), silence());
            assertThat(refusal(() -> hasty.job("1").join()).code()).isEqualTo("bad_answer");
            assertThat(host.asked).hasSize(2);
        }
    }

    @Test
    void aHostThatIsNotThereIsToldInTime() {
        try (JobyardClient hasty =
                host.builder().timeout(Duration.ofMillis(700)).build()) {
            host.close();
            JobyardClientException away = refusal(() -> hasty.job("1").join());
            assertThat(away.code()).isEqualTo("unreachable");
            assertThat(away).hasMessageStartingWith("no connection at http://127.0.0.1:");
        }
    }

    @Test
    void aHostThatCannotBeTrustedIsNotAskedAgain() {
        try (JobyardClient client = JobyardClient.builder(URI.create("https://127.0.0.1:" + host.port()))
                .timeout(Duration.ofMinutes(5))
                .build()) {
            JobyardClientException refused = refusal(() -> client.job("1").join());
            assertThat(refused.code()).isEqualTo("untrusted");
            assertThat(refused).hasMessageStartingWith("no trusted connection with https://127.0.0.1:");
        }
    }

    @Test
    void aHostThatSaysNothingIsGivenUp() {
        host.on(JOBS, (asked, exchange) -> {});
        try (JobyardClient hasty =
                host.builder().timeout(Duration.ofMillis(300)).build()) {
            assertThat(refusal(() -> hasty.submit(ECHO).id().join()).code()).isEqualTo("unreachable");
        }
        assertThat(host.asked).extracting(Asked::method).containsExactly("POST");
    }

    static JobyardClientException refusal(org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
        Throwable thrown = catchThrowable(call);
        return (JobyardClientException) (thrown instanceof CompletionException ? thrown.getCause() : thrown);
    }
}

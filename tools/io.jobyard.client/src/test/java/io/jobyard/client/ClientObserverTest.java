// SPDX-License-Identifier: Apache-2.0
package io.jobyard.client;

import static io.jobyard.client.ScriptedHostFixture.change;
import static io.jobyard.client.ScriptedHostFixture.cut;
import static io.jobyard.client.ScriptedHostFixture.eventsAndSilence;
import static io.jobyard.client.ScriptedHostFixture.job;
import static io.jobyard.client.ScriptedHostFixture.json;
import static io.jobyard.client.ScriptedHostFixture.silence;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ClientObserverTest {

    private static final String JOB = "/api/v1/jobs/1";

    private final List<ObservedRequest> observed = new CopyOnWriteArrayList<>();
    private ScriptedHostFixture host;
    private JobyardClient client;

    @BeforeEach
    void begin() throws IOException {
        host = new ScriptedHostFixture();
        client = host.builder().observer(observed::add).build();
    }

    @AfterEach
    void end() {
        client.close();
        host.close();
    }

    @Test
    void observesEachAttemptBeforeTheFutureCompletes() {
        host.on(JOB, json(503, "{\"code\": \"store\"}"), json(429, "{\"code\": \"quota\"}"), job("1", "queued"));
        client.get(JOB + "?fields=id").join();
        assertThat(observed)
                .extracting(
                        ObservedRequest::method, ObservedRequest::path, ObservedRequest::status, ObservedRequest::code)
                .containsExactly(
                        tuple("GET", JOB, 503, null), tuple("GET", JOB, 429, null), tuple("GET", JOB, 200, null));
        assertThat(observed).extracting(ObservedRequest::duration).allMatch(each -> !each.isNegative());
    }

    @Test
    void observesARefusedRequestAndAnUncertainOne() {
        host.on(JOB + "/retry", json(409, "{\"code\": \"state_conflict\"}"), cut());
        assertThat(client.retry("1")).failsWithin(Duration.ofSeconds(10));
        assertThat(client.retry("1")).failsWithin(Duration.ofSeconds(10));
        assertThat(observed)
                .extracting(ObservedRequest::method, ObservedRequest::status, ObservedRequest::code)
                .containsExactly(tuple("POST", 409, null), tuple("POST", 0, "uncertain"));
    }

    @Test
    void observesACancelledRequestAndTheCloseOfTheClient() {
        host.on(JOB, silence());
        CompletableFuture<JsonNode> cancelled = client.get(JOB);
        await().until(() -> host.asked.size() == 1);
        cancelled.cancel(true);
        await().untilAsserted(() ->
                assertThat(observed).extracting(ObservedRequest::code).containsExactly("cancelled"));
        client.get(JOB);
        await().until(() -> host.asked.size() == 2);
        client.close();
        await().untilAsserted(() ->
                assertThat(observed).extracting(ObservedRequest::code).containsExactly("cancelled", "closed"));
    }

    @Test
    void observesAStreamWhenItsAnswerBegins() {
        host.on("/events", json(503, "{}"), eventsAndSilence(change("c1", "1", "completed")));
        client.events(null, event -> false).join();
        assertThat(observed)
                .extracting(ObservedRequest::path, ObservedRequest::status, ObservedRequest::code)
                .containsExactly(tuple("/events", 503, null), tuple("/events", 200, null));
    }

    @Test
    void observesThatAHostIsAway() {
        host.close();
        try (JobyardClient hasty = host.builder()
                .observer(observed::add)
                .timeout(Duration.ofMillis(300))
                .build()) {
            assertThat(hasty.job("1")).failsWithin(Duration.ofSeconds(10));
        }
        assertThat(observed).isNotEmpty();
        assertThat(observed)
                .extracting(ObservedRequest::status, ObservedRequest::code)
                .containsOnly(tuple(0, "unreachable"));
    }

    @Test
    void observesAnExchangeOfBytes() throws IOException {
        host.on("/api/v1/commands", json(200, "{}"));
        try (InputStream answer = client.exchange(
                        "/api/v1/commands", "application/json", new ByteArrayInputStream(new byte[] {'{', '}'}))
                .join()) {
            assertThat(answer.readAllBytes()).hasSize(2);
        }
        assertThat(observed)
                .extracting(ObservedRequest::method, ObservedRequest::path, ObservedRequest::status)
                .containsExactly(tuple("POST", "/api/v1/commands", 200));
    }

    @ParameterizedTest
    @MethodSource("faults")
    void aFaultOfTheObserverHasNoEffectOnTheRequest(ClientObserver faulty) {
        host.on(JOB, job("1", "queued"));
        try (JobyardClient observedByIt = host.builder().observer(faulty).build()) {
            assertThat(observedByIt.job("1"))
                    .succeedsWithin(Duration.ofSeconds(10))
                    .extracting(RemoteJob::status)
                    .isEqualTo("queued");
        }
    }

    static Stream<ClientObserver> faults() {
        return Stream.of(
                request -> {
                    throw new IllegalStateException("no metrics");
                },
                request -> {
                    throw new NoClassDefFoundError("io/micrometer/core/instrument/Timer");
                });
    }
}

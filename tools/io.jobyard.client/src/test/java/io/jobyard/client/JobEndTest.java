// SPDX-License-Identifier: Apache-2.0
package io.jobyard.client;

import static io.jobyard.client.RepeatedRequestsTest.refusal;
import static io.jobyard.client.ScriptedHostFixture.change;
import static io.jobyard.client.ScriptedHostFixture.event;
import static io.jobyard.client.ScriptedHostFixture.events;
import static io.jobyard.client.ScriptedHostFixture.eventsAndSilence;
import static io.jobyard.client.ScriptedHostFixture.job;
import static io.jobyard.client.ScriptedHostFixture.json;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class JobEndTest {

    record Answer(String text, Instant at) {}

    private static final String JOB = "/api/v1/jobs/1";
    private static final Duration LONG = Duration.ofSeconds(30);

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
    void theEndOfAJobIsHeardByTheEvents() {
        host.on(JOB, job("1", "running"), job("1", "running"), job("1", "completed"));
        host.on(
                "/events",
                eventsAndSilence(
                        change("a", "2", "completed"), change("b", "1", "running"), change("c", "1", "completed")));
        assertThat(client.await("1", LONG).status()).isEqualTo("completed");
        assertThat(host.asked(JOB)).as("not asked for the changes of others").hasSize(3);
    }

    @Test
    void aJobThatEndsWhileNobodyListensIsSeenWhenTheStreamIsOpen() {
        host.on(JOB, job("1", "running"), job("1", "failed")).on("/events", eventsAndSilence());
        assertThat(client.await("1", LONG).status()).isEqualTo("failed");
    }

    @Test
    void aCutStreamGoesOnBehindTheLastEvent() {
        host.on(JOB, job("1", "running"), job("1", "running"), job("1", "running"), job("1", "completed"));
        host.on("/events", events(change("a", "2", "queued")), eventsAndSilence(change("b", "1", "completed")));
        assertThat(client.await("1", LONG).isFinished()).isTrue();
        assertThat(host.asked("/events"))
                .extracting(each -> each.header("Last-event-id"))
                .containsExactly("", "a");
    }

    @Test
    void aRestartOfTheHostIsSurvived() throws Exception {
        host.on(JOB, job("1", "running")).on("/events", eventsAndSilence(change("a", "1", "running")));
        CompletableFuture<RemoteJob> end = CompletableFuture.supplyAsync(() -> client.await("1", LONG));
        while (host.asked(JOB).size() < 2) {
            Thread.onSpinWait();
        }
        int port = host.port();
        host.close();
        host = new ScriptedHostFixture(port);
        host.on(JOB, job("1", "completed")).on("/events", eventsAndSilence());
        assertThat(end.get(20, TimeUnit.SECONDS).status()).isEqualTo("completed");
    }

    @Test
    void eventsThatAreNotKeptAnyMoreAreNoEnd() {
        host.on(JOB, job("1", "running"), job("1", "running"), job("1", "running"), job("1", "completed"));
        host.on(
                "/events",
                events(event("", "expired", "{\"status\": 410, \"code\": \"cursor_expired\"}")),
                eventsAndSilence());
        assertThat(client.await("1", LONG).status()).isEqualTo("completed");
    }

    @Test
    void whoMayNotHearEventsWaitsForTheAnswer() {
        host.on(JOB, job("1", "running"), job("1", "running"), job("1", "completed"));
        host.on("/events", json(403, "{\"code\": \"access\"}"));
        assertThat(client.await("1", LONG).status()).isEqualTo("completed");
        assertThat(host.asked(JOB + "?wait=")).hasSize(2);
    }

    @Test
    void aJobThatDoesNotEndInTimeIsToldOf() {
        host.on(JOB, job("1", "running")).on("/events", eventsAndSilence());
        JobyardClientException late = refusal(() -> client.await("1", Duration.ofMillis(300)));
        assertThat(late.code()).isEqualTo("not_over");
        host.on("/events", json(403, "{}"));
        assertThat(refusal(() -> client.await("1", Duration.ofMillis(300))).code())
                .isEqualTo("not_over");
    }

    @Test
    void resultsAreTyped() {
        host.on(
                JOB,
                json(
                        200,
                        "{\"status\": \"completed\", \"result\": {\"text\": \"hi\", \"at\": \"2030-01-01T00:00:00Z\", \"more\": 1},"
                                + " \"payload\": {\"n\": 1}}"));
        assertThat(client.awaitResult("1", Answer.class, LONG))
                .isEqualTo(new Answer("hi", Instant.parse("2030-01-01T00:00:00Z")));
        assertThat(refusal(() -> client.awaitResult("1", Integer.class, LONG)).code())
                .isEqualTo("wrong_type");
        host.on(JOB, json(200, "{\"status\": \"failed\", \"error\": \"it broke\", \"result\": null}"));
        JobyardClientException failed = refusal(() -> client.awaitResult("1", Answer.class, LONG));
        assertThat(failed.code()).isEqualTo("job_failed");
        assertThat(failed).hasMessage("job 1 failed: it broke");
        host.on(JOB, json(200, "{\"status\": \"completed\", \"result\": null}"));
        assertThat(refusal(() -> client.awaitResult("1", Answer.class, LONG)).code())
                .isEqualTo("no_result");
    }

    @Test
    void aCloseEndsWhatIsUnderWay() throws Exception {
        CountDownLatch open = new CountDownLatch(1);
        host.on(JOB, job("1", "running"));
        host.on("/events", (asked, exchange) -> {
            eventsAndSilence().give(asked, exchange);
            open.countDown();
        });
        CompletableFuture<JobyardClientException> end =
                CompletableFuture.supplyAsync(() -> refusal(() -> client.await("1", LONG)));
        open.await();
        client.close();
        assertThat(end.get(10, TimeUnit.SECONDS).code()).isEqualTo("closed");
        assertThat(refusal(() -> client.job("1")).code()).isEqualTo("closed");
    }

    @Test
    void anInterruptEndsTheWaiting() throws Exception {
        host.on(JOB, job("1", "running")).on("/events", eventsAndSilence());
        CompletableFuture<Boolean> marked = new CompletableFuture<>();
        Thread waiting = new Thread(() -> {
            JobyardClientException ended = refusal(() -> client.await("1", LONG));
            marked.complete(
                    ended.code().equals("interrupted") && Thread.currentThread().isInterrupted());
        });
        waiting.start();
        waiting.interrupt();
        assertThat(marked.get(10, TimeUnit.SECONDS)).isTrue();
    }
}

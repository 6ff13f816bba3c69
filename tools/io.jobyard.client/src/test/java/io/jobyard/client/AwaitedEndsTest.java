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
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpExchange;
import io.jobyard.client.ScriptedHostFixture.Answer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class AwaitedEndsTest {

    record Text(String text, Instant at) {}

    private static final String JOBS = "/api/v1/jobs/";
    private static final String JOB = JOBS + "1";

    /** Streams of events that are open, with the headers sent. */
    private final BlockingQueue<HttpExchange> streams = new LinkedBlockingQueue<>();
    /** Jobs that have ended, for {@link #statuses}. */
    private final Set<String> ended = ConcurrentHashMap.newKeySet();

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

    private Answer stream() {
        return (asked, exchange) -> {
            eventsAndSilence(":\n\n").give(asked, exchange);
            streams.add(exchange);
        };
    }

    private static void send(HttpExchange stream, String event) throws IOException {
        stream.getResponseBody().write(event.getBytes(StandardCharsets.UTF_8));
        stream.getResponseBody().flush();
    }

    private void statuses(int jobs) {
        IntStream.range(0, jobs)
                .forEach(i -> host.on(
                        JOBS + i,
                        (asked, exchange) -> job("" + i, ended.contains("" + i) ? "completed" : "running")
                                .give(asked, exchange)));
    }

    @Test
    void fiveHundredAwaitsShareOneConnectionAndOneThread() throws Exception {
        statuses(500);
        host.on("/events", stream());
        CompletableFuture<?>[] ends =
                IntStream.range(0, 500).mapToObj(i -> client.await("" + i)).toArray(CompletableFuture[]::new);
        HttpExchange stream = streams.take();
        await().until(() -> host.asked(JOBS).size() >= 500);
        assertThat(Thread.getAllStackTraces().keySet())
                .extracting(Thread::getName)
                .filteredOn(name -> name.equals("jobyard-client-awaits"))
                .hasSize(1);
        for (int i = 0; i < 500; i++) {
            ended.add("" + i);
            send(stream, change("c" + i, "" + i, "completed"));
        }
        CompletableFuture.allOf(ends).get(30, TimeUnit.SECONDS);
        assertThat(host.asked("/events")).hasSize(1);
    }

    @Test
    void theConnectionEndsAfterTheLastAwaitAndTheNextOneOpensAnother() throws Exception {
        statuses(2);
        host.on("/events", stream());
        CompletableFuture<RemoteJob> first = client.await("0");
        HttpExchange stream = streams.take();
        ended.add("0");
        send(stream, change("a", "0", "completed"));
        assertThat(first.get(10, TimeUnit.SECONDS).isFinished()).isTrue();
        await().until(() -> Thread.getAllStackTraces().keySet().stream()
                .noneMatch(thread -> thread.getName().equals("jobyard-client-awaits")));
        CompletableFuture<RemoteJob> second = client.await("1");
        send(streams.take(), change("b", "1", "running"));
        assertThat(second).isNotDone();
    }

    @Test
    void onlyAwaitedJobsAreReadAtTheirEnd() throws Exception {
        statuses(3);
        host.on("/events", stream());
        CompletableFuture<RemoteJob> end = client.await("1");
        HttpExchange stream = streams.take();
        send(stream, change("a", "2", "completed"));
        send(stream, change("b", "1", "running"));
        ended.add("1");
        send(stream, change("c", "1", "completed"));
        assertThat(end.get(10, TimeUnit.SECONDS).status()).isEqualTo("completed");
        assertThat(host.asked(JOBS + "2")).isEmpty();
    }

    @Test
    void aJobThatEndsWhileNobodyListensIsSeenWhenTheStreamIsOpen() throws Exception {
        statuses(2);
        host.on("/events", (asked, exchange) -> {
            await().until(() -> host.asked(JOB).size() == 1);
            ended.add("1");
            eventsAndSilence(":\n\n").give(asked, exchange);
        });
        assertThat(client.await("1").get(10, TimeUnit.SECONDS).status()).isEqualTo("completed");
    }

    @Test
    void aCutStreamGoesOnBehindTheLastEvent() throws Exception {
        statuses(2);
        host.on("/events", events(change("a", "2", "queued")), stream());
        CompletableFuture<RemoteJob> end = client.await("1");
        HttpExchange stream = streams.take();
        ended.add("1");
        send(stream, change("b", "1", "completed"));
        assertThat(end.get(10, TimeUnit.SECONDS).isFinished()).isTrue();
        assertThat(host.asked("/events"))
                .extracting(each -> each.header("Last-event-id"))
                .containsExactly("", "a");
    }

    @Test
    void aRestartOfTheHostLosesNoEnd() throws Exception {
        statuses(20);
        host.on("/events", stream());
        CompletableFuture<?>[] ends =
                IntStream.range(0, 20).mapToObj(i -> client.await("" + i)).toArray(CompletableFuture[]::new);
        streams.take();
        await().until(() -> host.asked(JOBS).size() >= 20);
        int port = host.port();
        host.close();
        host = new ScriptedHostFixture(port);
        IntStream.range(0, 20).forEach(i -> ended.add("" + i)); // ended while the client was away
        statuses(20);
        host.on("/events", stream());
        CompletableFuture.allOf(ends).get(30, TimeUnit.SECONDS);
        assertThat(host.asked("/events")).hasSizeLessThanOrEqualTo(1);
    }

    @Test
    void eventsThatAreNotKeptAnyMoreAreNoEnd() throws Exception {
        statuses(2);
        host.on(
                "/events",
                events(event("", "expired", "{\"status\": 410, \"code\": \"cursor_expired\"}")),
                (asked, exchange) -> {
                    ended.add("1");
                    stream().give(asked, exchange);
                });
        assertThat(client.await("1").get(20, TimeUnit.SECONDS).status()).isEqualTo("completed");
    }

    @Test
    void aTokenWithoutEventsReadsTheJobsOnOneThread() throws Exception {
        statuses(3);
        host.on("/events", json(403, "{\"code\": \"access\"}"));
        CompletableFuture<RemoteJob> one = client.await("1");
        CompletableFuture<RemoteJob> two = client.await("2");
        await().until(() ->
                host.asked(JOB).size() >= 2 && host.asked(JOBS + "2").size() >= 2);
        ended.add("1");
        assertThat(one.get(10, TimeUnit.SECONDS).status()).isEqualTo("completed");
        assertThat(two).isNotDone();
        ended.add("2");
        assertThat(two.get(10, TimeUnit.SECONDS).status()).isEqualTo("completed");
        assertThat(host.asked("/events")).hasSize(1);
    }

    @Test
    void anUnknownJobFailsOnlyItsAwait() throws Exception {
        statuses(2);
        host.on("/events", stream());
        CompletableFuture<RemoteJob> known = client.await("1");
        assertThat(refusal(() -> client.await("9").join()).code()).isEqualTo("not_found");
        assertThat(known).isNotDone();
    }

    @Test
    void aCancelledAwaitEndsAlone() throws Exception {
        statuses(2);
        host.on("/events", stream());
        CompletableFuture<RemoteJob> cancelled = client.await("1");
        CompletableFuture<RemoteJob> kept = client.await("1");
        HttpExchange stream = streams.take();
        cancelled.cancel(true);
        ended.add("1");
        send(stream, change("a", "1", "completed"));
        assertThat(kept.get(10, TimeUnit.SECONDS).isFinished()).isTrue();
        assertThat(cancelled).isCancelled();
    }

    @Test
    void aCancelledRequestIsNotRepeated() {
        host.on(JOB, json(503, "{\"code\": \"store\"}"));
        CompletableFuture<RemoteJob> job = client.job("1");
        await().until(() -> !host.asked(JOB).isEmpty());
        job.cancel(true);
        int asked = host.asked(JOB).size();
        host.on(JOBS + "2", job("2", "running"));
        assertThat(client.job("2").join().status()).isEqualTo("running");
        assertThat(host.asked(JOB)).hasSizeLessThanOrEqualTo(asked + 1);
        assertThat(job).isCancelled();
    }

    @Test
    void resultsAreTyped() {
        host.on("/events", stream());
        host.on(
                JOB,
                json(
                        200,
                        "{\"id\": \"1\", \"status\": \"completed\", \"result\": {\"text\": \"hi\", \"at\": \"2030-01-01T00:00:00Z\", \"more\": 1},"
                                + " \"payload\": {\"n\": 1}}"));
        assertThat(client.result("1", Text.class).join())
                .isEqualTo(new Text("hi", Instant.parse("2030-01-01T00:00:00Z")));
        assertThat(refusal(() -> client.result("1", Integer.class).join()).code())
                .isEqualTo("wrong_type");
        host.on(JOB, json(200, "{\"id\": \"1\", \"status\": \"failed\", \"error\": \"it broke\", \"result\": null}"));
        JobyardClientException failed =
                refusal(() -> client.result("1", Text.class).join());
        assertThat(failed.code()).isEqualTo("job_failed");
        assertThat(failed).hasMessage("job 1 failed: it broke");
        host.on(JOB, json(200, "{\"status\": \"completed\", \"result\": null}"));
        assertThat(refusal(() -> client.result("1", Text.class).join()).code()).isEqualTo("no_result");
    }

    @Test
    void aCloseEndsWhatIsUnderWay() throws Exception {
        statuses(2);
        host.on("/events", stream());
        CompletableFuture<RemoteJob> end = client.await("1");
        streams.take();
        client.close();
        assertThat(refusal(end::join).code()).isEqualTo("closed");
        assertThat(refusal(() -> client.job("1").join()).code()).isEqualTo("closed");
        assertThat(refusal(() -> client.await("1").join()).code()).isEqualTo("closed");
    }
}

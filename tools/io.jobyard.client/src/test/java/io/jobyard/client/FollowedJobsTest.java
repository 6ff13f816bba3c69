// SPDX-License-Identifier: Apache-2.0
package io.jobyard.client;

import static io.jobyard.client.RepeatedRequestsTest.refusal;
import static io.jobyard.client.ScriptedHostFixture.change;
import static io.jobyard.client.ScriptedHostFixture.event;
import static io.jobyard.client.ScriptedHostFixture.events;
import static io.jobyard.client.ScriptedHostFixture.eventsAndSilence;
import static io.jobyard.client.ScriptedHostFixture.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class FollowedJobsTest {

    private static final String JOBS = "/api/v1/jobs";

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
    void pagesAreFetchedAsTheyAreAskedFor() {
        host.on(
                JOBS,
                json(200, "{\"jobs\": [{\"id\": \"3\"}, {\"id\": \"2\"}], \"next\": \"2\"}"),
                json(200, "{\"jobs\": [], \"next\": \"1\"}"),
                json(200, "{\"jobs\": [{\"id\": \"1\"}], \"next\": null}"));
        RemoteQuery query = RemoteQuery.all().status("failed").label("run", "a b");
        assertThat(client.list(query).limit(2).map(RemoteJob::id)).containsExactly("3", "2");
        assertThat(host.asked).hasSize(1);
        assertThat(host.asked.get(0).path()).isEqualTo(JOBS + "?status=failed&label=run%3Da+b&limit=500");
        assertThat(client.list(query).map(RemoteJob::id)).containsExactly("1");
        assertThat(host.asked.get(1).path()).doesNotContain("after=");
        assertThat(host.asked.get(2).path()).endsWith("&limit=500&after=1");
    }

    @Test
    void aPageIsAFutureWithTheCursorOfTheNextOne() {
        host.on(
                JOBS,
                json(200, "{\"jobs\": [{\"id\": \"3\"}, {\"id\": \"2\"}], \"next\": \"2\"}"),
                json(200, "{\"jobs\": [{\"id\": \"1\"}], \"next\": null}"));
        RemoteQuery query = RemoteQuery.all().type("mail").limit(2);
        RemotePage first = client.page(query).join();
        assertThat(first.jobs()).extracting(RemoteJob::id).containsExactly("3", "2");
        RemotePage second =
                client.page(query.after("9").after(first.next().orElseThrow())).join();
        assertThat(second.jobs()).extracting(RemoteJob::id).containsExactly("1");
        assertThat(second.next()).isEmpty();
        assertThat(host.asked)
                .extracting(ScriptedHostFixture.Asked::path)
                .containsExactly(JOBS + "?type=mail&limit=2", JOBS + "?type=mail&limit=2&after=2");
    }

    @Test
    void aListenerGetsTheWholeTextOverCutsAndNoThreadOfTheCallerWaits() {
        host.on(
                JOBS + "/1/stream",
                events(piece(1, "a"), piece(2, "b")),
                eventsAndSilence(piece(3, "c"), event("", "end", "{\"id\": \"1\", \"status\": \"completed\"}")));
        StringBuffer text = new StringBuffer();
        assertThat(client.stream("1", piece -> text.append(piece.text()) != null))
                .succeedsWithin(Duration.ofSeconds(20));
        assertThat(text).hasToString("abc");
        assertThat(host.asked).extracting(each -> each.header("Last-event-id")).containsExactly("", "2");
    }

    @Test
    void aListenerOfALogEndsItOrFailsIt() {
        List<String> lines = new ArrayList<>();
        host.on(JOBS + "/1/log", eventsAndSilence(line(1, "a"), line(2, "b"), line(3, "c")));
        client.followLog("1", line -> lines.add(line.text()) && lines.size() < 2)
                .join();
        assertThat(lines).containsExactly("a", "b");
        IllegalStateException full = new IllegalStateException("full");
        assertThat(client.followLog("1", line -> {
                    throw full;
                }))
                .failsWithin(Duration.ofSeconds(10))
                .withThrowableOfType(ExecutionException.class)
                .withCause(full);
        assertThat(refusal(() -> client.followLog("2", line -> true).join()).code())
                .isEqualTo("not_found");
    }

    @Test
    void cancellingTheFutureEndsTheFollowing() {
        host.on(JOBS + "/1/log", eventsAndSilence(line(1, "a")));
        CompletableFuture<Void> following = client.followLog("1", line -> true);
        await().until(() -> host.asked.size() == 1);
        following.cancel(true);
        await().until(() -> Thread.getAllStackTraces().keySet().stream()
                .noneMatch(thread -> thread.getName().equals("jobyard-client-events")));
    }

    @Test
    void aStreamThatBreaksGoesOnWhereItWas() {
        host.on(
                JOBS + "/1/stream",
                events(piece(1, "a"), piece(2, "b")),
                events(piece(3, "c"), event("", "end", "{\"id\": \"1\", \"status\": \"completed\"}")));
        try (Stream<RemotePiece> pieces = client.stream("1")) {
            assertThat(pieces.map(RemotePiece::text)).containsExactly("a", "b", "c");
        }
        assertThat(host.asked).extracting(each -> each.header("Last-event-id")).containsExactly("", "2");
    }

    private static String piece(int position, String text) {
        return event("" + position, "piece", "{\"position\": " + position + ", \"text\": \"" + text + "\"}");
    }

    @Test
    void aLogThatBreaksGoesOnWhereItWas() {
        host.on(JOBS + "/1/log", events(line(1, "a"), line(2, "b")), events(line(5, "c"), event("", "end", "{}")));
        assertThat(client.followLog("1").map(RemoteLogLine::text)).containsExactly("a", "b", "c");
        assertThat(host.asked).extracting(each -> each.header("Last-event-id")).containsExactly("", "2");
    }

    private static String line(int number, String text) {
        return event("" + number, "line", "{\"at\": \"2030-01-01T00:00:00Z\", \"text\": \"" + text + "\"}");
    }

    @Test
    void whoLeavesAStreamEarlyClosesIt() {
        host.on(JOBS + "/1/stream", eventsAndSilence(piece(1, "a"), piece(2, "b")));
        try (Stream<RemotePiece> pieces = client.stream("1")) {
            assertThat(pieces.findFirst().orElseThrow().text()).isEqualTo("a");
        }
    }

    @Test
    void eventsComeInOrderOverCutsUntilTheListenerHasEnough() {
        host.on(
                "/events",
                events(change("a", "1", "queued"), ":\n\n", change("b", "1", "running")),
                eventsAndSilence(change("c", "1", "completed")));
        List<String> seen = new ArrayList<>();
        client.events("start", event -> {
                    seen.add(event.cursor() + " " + event.job() + " " + event.status());
                    return !event.status().equals("completed");
                })
                .join();
        assertThat(seen).containsExactly("a 1 queued", "b 1 running", "c 1 completed");
        assertThat(host.asked).extracting(each -> each.header("Last-event-id")).containsExactly("start", "b");
    }

    @ParameterizedTest
    @MethodSource("faults")
    void theFollowingFailsWithTheFaultOfItsListener(Throwable fault, Predicate<RemoteEvent> listener) {
        host.on("/events", events(change("a", "1", "queued")));
        assertThat(client.events("start", listener))
                .failsWithin(Duration.ofSeconds(10))
                .withThrowableOfType(ExecutionException.class)
                .withCause(fault);
    }

    static Stream<Arguments> faults() {
        RuntimeException exception = new IllegalStateException("full");
        Error error = new NoClassDefFoundError("com/example/Invoice");
        return Stream.of(
                Arguments.of(exception, (Predicate<RemoteEvent>) event -> {
                    throw exception;
                }),
                Arguments.of(error, (Predicate<RemoteEvent>) event -> {
                    throw error;
                }));
    }

    @Test
    void eventsThatAreGoneAreAFault() {
        host.on("/events", events(event("", "expired", "{\"status\": 410, \"code\": \"cursor_expired\"}")));
        assertThat(refusal(() -> client.events("a", event -> true).join()).code())
                .isEqualTo("cursor_expired");
        host.on("/events", json(401, "{\"code\": \"unauthorized\", \"message\": \"sign in\"}"));
        assertThat(refusal(() -> client.events(null, event -> true).join())).hasMessage("sign in");
    }

    @Test
    void whatAHostSaysOfAJobIsRead() {
        host.on(
                JOBS + "/1/explain",
                json(
                        200,
                        "{\"status\": \"queued\", \"detail\": \"\", \"blockedBy\": [{\"gate\": \"limit\", \"detail\": \"openai\"}]}"));
        assertThat(client.explain("1").join().blockedBy())
                .extracting(RemoteBlocker::gate)
                .containsExactly("limit");
        host.on(
                JOBS + "/1/history",
                json(
                        200,
                        "{\"events\": [{\"at\": \"2030-01-01T00:00:00.000000Z\", \"from\": null, \"to\": \"queued\"}]}"));
        assertThat(client.history("1").join().get(0).from()).isEmpty();
        assertThat(client.history("1").join().get(0).to()).isEqualTo("queued");
        host.on(JOBS + "/1/log", json(200, "{\"lines\": [{\"run\": 2, \"text\": \"hello\"}]}"));
        assertThat(client.log("1").join().get(0).run()).isEqualTo(2);
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.jobyard.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.jobyard.api.EventCursor;
import io.jobyard.api.JobId;
import io.jobyard.api.JobSpecification;
import io.jobyard.api.LogLine;
import io.jobyard.spi.access.Caller;
import io.jobyard.spi.access.Permission;
import io.jobyard.spi.access.TokenScope;
import io.jobyard.spi.running.Outcome;
import java.io.BufferedReader;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EventsTest {

    private RestFixture host;

    @BeforeEach
    void begin() {
        host = new RestFixture();
    }

    @AfterEach
    void end() {
        host.close();
    }

    @Test
    void changesAreToldAsTheyCome() {
        try (SseReader events = SseReader.open(host.server, "/events")) {
            JobId id = host.submit("ann", "echo");
            assertThat(events.next()).satisfies(event -> {
                assertThat(event.name()).isEqualTo("queued");
                assertThat(event.data())
                        .containsEntry("id", id.toString())
                        .containsEntry("type", "echo")
                        .containsEntry("queue", "default")
                        .containsEntry("status", "queued")
                        .containsEntry("run", 0)
                        .containsKeys("reason", "at");
            });
            host.jobs("ann").cancel(id);
            assertThat(events.next().name()).isEqualTo("cancelled");
        }
    }

    @Test
    void aStreamIsCountedFromItsBeginningToItsEndAndOneTooManyIsRefused() {
        host.server.mostStreams = 1;
        try (SseReader events = SseReader.open(host.server, "/events")) {
            for (String path : List.of("/events", "/live")) {
                assertThat(host.server.get(path, "Accept", "text/event-stream").status())
                        .as(path)
                        .isEqualTo(429);
            }
            assertThat(host.server.send("HEAD", "/events", null).status()).isEqualTo(200);
            assertThat(host.server.openStreams).hasValue(1);
            assertThat(events).isNotNull();
        }
        Awaitility.await().until(() -> {
            host.submit("ann", "echo"); // who has gone shows when something is written
            return host.server.openStreams.get() == 0;
        });
        SseReader.open(host.server, "/events").close();
    }

    @Test
    void aClientGoesOnBehindItsLastEvent() {
        JobId first = host.submit("ann", "echo");
        JobId second = host.submit("ann", "echo");
        String last;
        try (SseReader events = SseReader.open(host.server, "/events?after=start")) {
            last = events.next().id();
            assertThat(events.next().data()).containsEntry("id", second.toString());
        }
        JobId third = host.submit("ann", "echo");
        try (SseReader events = SseReader.open(host.server, "/events", "Last-Event-ID", last)) {
            assertThat(List.of(events.job(), events.job())).containsExactly(second.toString(), third.toString());
            JobId fourth = host.submit("ann", "echo");
            assertThat(events.job()).isEqualTo(fourth.toString());
        }
        assertThat(first).isNotNull();
    }

    @Test
    void aClientHearsOnlyOfWhatItAskedFor() {
        JobId echo = host.submit("ann", "echo");
        JobId slow = host.submit("bea", "slow");
        JobId labeled = host.jobs("ann")
                .submit(JobSpecification.type("echo")
                        .payload(Map.of("text", "x"))
                        .queue("mail")
                        .label("tenant", "acme")
                        .label("region", "eu")
                        .build())
                .id();
        assertThat(told("type=slow")).containsExactly(slow.toString());
        assertThat(told("type=slow&type=echo&submitter=ann")).containsExactly(echo.toString(), labeled.toString());
        assertThat(told("submitter=bea&submitter=pat")).containsExactly(slow.toString());
        assertThat(told("queue=mail&queue=none")).containsExactly(labeled.toString());
        assertThat(told("label=tenant%3Dacme&label=region%3Deu")).containsExactly(labeled.toString());
        assertThat(told("label=tenant%3Dacme&label=region%3Dus")).isEmpty();
        assertThat(host.server.get("/events?label=tenant").status()).isEqualTo(400);
        assertThat(host.server.get("/events?kind=x").status()).isEqualTo(400);
    }

    /** The jobs of whose events a client is told that asks for all that are kept. */
    private List<String> told(String query) {
        List<String> jobs = new ArrayList<>();
        EventSource source = new EventSource(
                host.host,
                Caller.administrator("root"),
                EventFilter.of(StreamOperations.EVENTS.check(
                        QueryText.json(query, StreamOperations.EVENTS.inputs()), host.clock.instant())),
                EventCursor.START);
        byte[] next;
        while ((next = source.next()) != null) {
            Matcher id = Pattern.compile("\"id\":\"([^\"]+)\"").matcher(new String(next, StandardCharsets.UTF_8));
            while (id.find()) {
                jobs.add(id.group(1));
            }
        }
        return jobs;
    }

    @Test
    void aClientThatIsFarBehindMissesNothing() {
        int jobs = EventRing.CAPACITY + 700;
        try (SseReader early = SseReader.open(host.server, "/events")) {
            JobId first = host.submit("ann", "echo");
            String last = early.next().id();
            List<String> ids = new ArrayList<>();
            for (int i = 0; i < jobs; i++) {
                ids.add(host.submit("ann", "echo").toString());
            }
            try (SseReader late = SseReader.open(host.server, "/events?after=" + last)) {
                assertThat(Stream.generate(late::job).limit(jobs)).containsExactlyElementsOf(ids);
            }
            assertThat(Stream.generate(early::job).limit(jobs)).containsExactlyElementsOf(ids);
            assertThat(first).isNotNull();
        }
    }

    @Test
    void whoMaySeeOnlyItsOwnHearsOnlyOfThem() {
        host.server.as(Caller.user("ann").by(new TokenScope("t", Set.of(Permission.VIEW))));
        try (SseReader events = SseReader.open(host.server, "/events")) {
            host.submit("bea", "echo");
            JobId own = host.submit("ann", "echo");
            assertThat(events.job()).isEqualTo(own.toString());
        }
        host.server.as(Caller.user("ann").by(new TokenScope("t", Set.of(Permission.SUBMIT))));
        assertThat(host.server.get("/events").status()).isEqualTo(403);
    }

    @Test
    void aPlaceThatIsNotKeptIsSaidBeforeTheStreamBegins() {
        host.submit("ann", "echo");
        host.submit("ann", "echo");
        String first;
        try (SseReader events = SseReader.open(host.server, "/events?after=start")) {
            first = events.next().id();
        }
        host.submit("ann", "echo");
        host.clock.advance(java.time.Duration.ofDays(1));
        while (host.store.cut(host.clock.instant(), 0).join()) {
            // more
        }
        host.submit("ann", "echo");
        RestServer.Answered gone = host.server.get("/events?after=" + first);
        assertThat(gone.status()).as(gone.json().toString()).isEqualTo(410);
        assertThat(gone.json()).containsEntry("status", 410);
        assertThat(host.server.get("/events?after=x").status()).isEqualTo(400);
        assertThat(host.server.post("/events", "{}").status()).isEqualTo(405);
    }

    @Test
    void aClientThatLeavesIsForgotten() {
        SseReader events = SseReader.open(host.server, "/events");
        Awaitility.await().until(() -> host.streams.clients() == 1);
        events.close();
        Awaitility.await().until(() -> {
            host.submit("ann", "echo"); // it is seen when something is written
            return host.streams.clients() == 0;
        });
    }

    @Test
    void screensAreToldTwiceASecondAtMost() {
        try (SseReader pulses = SseReader.open(host.server, "/live")) {
            Map<String, Object> first = pulses.next().data();
            assertThat(first)
                    .containsEntry("jobs", List.of())
                    .containsEntry("statistics", host.server.get("/statistics").json());
            long began = System.nanoTime();
            JobId last = null;
            for (int i = 0; i < 300; i++) {
                last = host.submit("ann", "echo");
            }
            int told = 0;
            List<?> jobs;
            Object total;
            do {
                SseReader.Event pulse = pulses.next();
                jobs = (List<?>) pulse.data().get("jobs");
                total = ((Map<?, ?>) pulse.data().get("statistics")).get("total");
                assertThat(jobs).hasSizeLessThanOrEqualTo(200);
                told++;
            } while (!Integer.valueOf(300).equals(total));
            long halves = (System.nanoTime() - began) / 450_000_000 + 1;
            assertThat(told).isLessThanOrEqualTo((int) halves);
            assertThat(last).isNotNull();
        }
    }

    @Test
    void theLogOfAJobIsToldUntilItEnds() {
        JobId id = host.submit("ann", "slow");
        host.start();
        Instant now = host.clock.instant();
        host.store.log(id, List.of(new LogLine(now, 1, "one"))).join();
        try (SseReader log = SseReader.open(host.server, "/jobs/" + id + "/log", "Accept", "text/event-stream")) {
            assertThat(log.next().data()).containsEntry("text", "one");
            host.store.log(id, List.of(new LogLine(now, 1, "two"))).join();
            SseReader.Event two = log.next();
            assertThat(two.data()).containsEntry("text", "two");
            host.store.log(id, List.of(new LogLine(now, 1, "three"))).join();
            try (SseReader again = SseReader.open(
                    host.server, "/jobs/" + id + "/log", "Accept", "text/event-stream", "Last-Event-ID", two.id())) {
                assertThat(again.next().data()).containsEntry("text", "three");
            }
            assertThat(log.next().data()).containsEntry("text", "three");
            host.end(id, new Outcome.Completed("{}"));
            SseReader.Event end = log.next();
            assertThat(end.name()).isEqualTo("end");
            assertThat(end.data()).containsEntry("status", "completed");
            assertThat(log.isAtEnd()).isTrue();
        }
    }

    @Test
    void aJobIsToldOnOneConnectionUntilItEnds() {
        JobId id = host.submit("ann", "slow");
        try (SseReader job = SseReader.open(host.server, "/jobs/" + id, "Accept", "text/event-stream")) {
            assertThat(job.next())
                    .satisfies(event -> assertThat(event.name()).isEqualTo("job"))
                    .satisfies(event -> assertThat(event.data()).containsEntry("status", "queued"));
            assertThat(job.next())
                    .satisfies(event -> assertThat(event.name()).isEqualTo("log"))
                    .satisfies(event -> assertThat(event.data()).containsEntry("lines", List.of()));
            host.start();
            assertThat(job.next().data()).containsEntry("status", "running");
            host.store
                    .log(id, List.of(new LogLine(host.clock.instant(), 1, "one")))
                    .join();
            SseReader.Event line = job.next();
            assertThat(line.name()).isEqualTo("line");
            assertThat(line.data()).containsEntry("text", "one");
            host.emit(id, "first ", "second");
            assertThat(List.of(job.next(), job.next()))
                    .extracting(
                            SseReader.Event::name,
                            SseReader.Event::id,
                            piece -> piece.data().get("text"))
                    .containsExactly(tuple("piece", "1", "first "), tuple("piece", "2", "second"));
            host.end(id, new Outcome.Completed("{}"));
            assertThat(job.next().data()).containsEntry("status", "completed");
            assertThat(job.next().name()).isEqualTo("end");
            assertThat(job.isAtEnd()).isTrue();
        }
        try (SseReader again = SseReader.open(host.server, "/jobs/" + id + "?after=1", "Accept", "text/event-stream")) {
            assertThat(List.of(again.next(), again.next(), again.next(), again.next()))
                    .extracting(SseReader.Event::name)
                    .containsExactly("job", "log", "piece", "end");
        }
    }

    @Test
    void whoMayNotSeeWhatAJobEmitsIsToldTheRestOfIt() {
        JobId id = host.submit("ann", "slow");
        host.start();
        host.emit(id, "secret");
        host.end(id, new Outcome.Completed("{}"));
        host.server.as(Caller.user("bea").by(new TokenScope("t", Set.of(Permission.VIEW, Permission.VIEW_ALL))));
        try (SseReader job = SseReader.open(host.server, "/jobs/" + id, "Accept", "text/event-stream")) {
            assertThat(List.of(job.next(), job.next(), job.next()))
                    .extracting(SseReader.Event::name)
                    .containsExactly("job", "log", "end");
        }
        host.server.as(Caller.user("bea").by(new TokenScope("t", Set.of(Permission.VIEW))));
        assertThat(host.server.get("/jobs/" + id, "Accept", "text/event-stream").status())
                .isEqualTo(403);
    }

    /** Each stream, and a permission without which it tells nothing. */
    @ParameterizedTest
    @CsvSource({
        "/jobs/ID, view:all",
        "/jobs/ID/log, view:all",
        "/jobs/ID/stream, view:all",
        "/jobs/ID/stream, payload",
        "/events, view",
        "/live, view"
    })
    void aStreamThatTheCallerMayNotReadIsRefusedBeforeItBegins(String path, String permission) {
        JobId id = host.submit("ann", "slow");
        Permission missing = Permission.parse(permission).stream()
                .filter(each -> each.text().equals(permission))
                .findFirst()
                .orElseThrow();
        Set<Permission> others = EnumSet.complementOf(EnumSet.of(missing));
        host.server.as(Caller.user("bea").by(new TokenScope("t", others)));
        assertThat(host.server
                        .get(path.replace("ID", id.toString()), "Accept", "text/event-stream")
                        .status())
                .isEqualTo(403);
    }

    @Test
    void aClientThatDoesNotReadIsDroppedAndCostsOthersNothing() throws Exception {
        try (Socket deaf = new Socket()) {
            deaf.setReceiveBufferSize(4_096);
            deaf.connect(new InetSocketAddress("127.0.0.1", host.server.port));
            deaf.getOutputStream()
                    .write("GET /events HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            Awaitility.await().until(() -> host.streams.clients() == 1);
            try (SseReader events = SseReader.open(host.server, "/events")) {
                int jobs = 20_000; // more than the buffers in between hold
                for (int i = 0; i < jobs; i++) {
                    host.submit("ann", "echo");
                }
                assertThat(Stream.generate(events::job).limit(jobs).distinct()).hasSize(jobs);
                assertThat(host.streams.clients()).isEqualTo(2);
                host.streams.look(
                        System.nanoTime() + LiveClient.TIMEOUT.plusSeconds(1).toNanos());
                Awaitility.await().until(() -> host.streams.clients() == 1);
                JobId after = host.submit("ann", "echo");
                assertThat(events.job()).isEqualTo(after.toString());
            }
        }
    }

    @Test
    void whoHearsNothingElseHearsAHeartbeat() throws Exception {
        HttpResponse<InputStream> answer = host.server.open("/events");
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(answer.body(), StandardCharsets.UTF_8))) {
            assertThat(lines.readLine()).startsWith("retry: ");
            assertThat(lines.readLine()).isEmpty();
            host.streams.look(
                    System.nanoTime() + LiveClient.HEARTBEAT.plusSeconds(1).toNanos());
            assertThat(lines.readLine()).isEqualTo(":");
        }
    }

    @Test
    void aStreamEndsWhenItsTokenOrSessionIsRevoked() {
        JobId slow = host.submit("ann", "slow");
        host.start();
        String[] wantsEvents = {"Accept", "text/event-stream"};
        try (SseReader events = SseReader.open(host.server, "/events");
                SseReader screen = SseReader.open(host.server, "/live");
                SseReader log = SseReader.open(host.server, "/jobs/" + slow + "/log", wantsEvents);
                SseReader pieces = SseReader.open(host.server, "/jobs/" + slow + "/stream", wantsEvents)) {
            screen.next();
            host.identitiesChange();
            host.submit("ann", "echo");
            assertThat(events.next().name()).as("another one was revoked").isEqualTo("queued");
            host.server.isGood = false;
            host.identitiesChange();
            assertThat(events.isAtEnd()).isTrue();
            assertThat(screen.ends()).isTrue();
            assertThat(log.isAtEnd()).isTrue();
            assertThat(pieces.isAtEnd()).isTrue();
        }
    }

    @Test
    void whoWaitedForAJobIsNotToldOfItOnceItsTokenIsRevoked() {
        JobId slow = host.submit("ann", "slow");
        host.start();
        CompletableFuture<Integer> status = CompletableFuture.supplyAsync(
                () -> host.server.get("/jobs/" + slow + "?wait=60s").status());
        Awaitility.await().until(() -> host.ends.waiting() == 1);
        host.server.isGood = false;
        host.end(slow, new Outcome.Completed("{}"));
        assertThat(status.join()).isEqualTo(401);
    }

    @Test
    void clientsThatComeAndGoLeaveOneTimer() {
        for (int client = 0; client < 20; client++) {
            try (SseReader events = SseReader.open(host.server, "/events")) {
                Awaitility.await().until(() -> host.streams.clients() == 1);
                host.streams.look(
                        System.nanoTime() + LiveClient.LONGEST.plusSeconds(1).toNanos());
                assertThat(events.isAtEnd()).isTrue();
            }
            Awaitility.await().until(() -> host.streams.clients() == 0);
        }
        assertThat(host.streams.timers()).isLessThanOrEqualTo(1);
    }

    @Test
    void aStreamEndsWhenItsTokenIsOverByItsAge() {
        try (SseReader events = SseReader.open(host.server, "/events")) {
            Awaitility.await().until(() -> host.streams.clients() == 1);
            host.server.isGood = false;
            host.streams.look(
                    System.nanoTime() + LiveClient.ASKED_AGAIN.plusSeconds(1).toNanos());
            assertThat(events.isAtEnd()).isTrue();
        }
    }

    @Test
    void aStreamEndsByItselfSoThatItsClientShowsAgainWhoItIs() throws Exception {
        try (SseReader events = SseReader.open(host.server, "/events")) {
            host.streams.look(
                    System.nanoTime() + LiveClient.LONGEST.plusSeconds(1).toNanos());
            assertThat(events.isAtEnd()).isTrue();
        }
    }
}

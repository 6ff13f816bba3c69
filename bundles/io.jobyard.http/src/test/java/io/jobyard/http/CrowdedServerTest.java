// SPDX-License-Identifier: Apache-2.0
package io.jobyard.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A server with as many connections, threads or streams in use as it may have. */
@Timeout(60)
class CrowdedServerTest {

    private static final String TOKEN = "Authorization: Bearer " + SignInFixture.TOKEN;

    private final List<Socket> sockets = new ArrayList<>();

    @AfterEach
    void close() throws IOException {
        for (Socket socket : sockets) {
            socket.close();
        }
    }

    @Test
    void aNewConnectionTakesThePlaceOfTheOneThatHasBeenIdleTheLongest() throws IOException {
        try (WebFixture web = open("connections.max", "2")) {
            Socket oldest = open(web);
            ask(oldest, "/livez");
            awaitIdle(web, 1, oldest);
            oldest.getInputStream().skip(oldest.getInputStream().available());
            Socket silent = open(web);
            ask(silent, "/livez");
            awaitIdle(web, 2, silent);
            assertThat(status(web, "/x")).isEqualTo(200);
            await().until(() -> isClosed(oldest));
            ask(silent, "/x");
            await().until(() -> web.reached.stream().filter("GET /x"::equals).count() == 2);
        }
    }

    @Test
    void manySilentConnectionsKeepNobodyOut() throws IOException {
        try (WebFixture web = open("connections.max", "4")) {
            for (int i = 0; i < 100; i++) {
                open(web);
                assertThat(status(web, "/livez")).isEqualTo(200);
            }
            assertThat(status(web, "/x")).isEqualTo(200);
        }
    }

    @Test
    void onlyHealthIsAnsweredWhileAllConnectionsAreInUse() throws IOException {
        try (WebFixture web = open("connections.max", "4", "threads.max", "8")) {
            block(web, 4);
            assertThat(status(web, "/livez")).isEqualTo(200);
            assertThat(status(web, "/readyz")).isEqualTo(200);
            assertThat(web.send("GET /x HTTP/1.1", "Host: localhost", TOKEN))
                    .startsWith("HTTP/1.1 503")
                    .contains("Retry-After: 1", "Connection: close", "X-Content-Type-Options: nosniff")
                    .contains("too many connections: 4 are open");
            web.free.countDown();
            await().until(() -> status(web, "/x") == 200);
        }
    }

    @Test
    void healthIsAnsweredWhileAllThreadsAreBusyAndTheOthersAreAnsweredAfterwards() throws IOException {
        try (WebFixture web = open("threads.max", "8")) {
            block(web, 8);
            for (int i = 0; i < 20; i++) {
                ask(open(web), "/later");
            }
            assertThat(status(web, "/livez")).isEqualTo(200);
            assertThat(status(web, "/readyz")).isEqualTo(200);
            assertThat(web.reached).doesNotContain("GET /later");
            web.free.countDown();
            for (Socket socket : sockets) {
                socket.setSoTimeout(20_000);
                assertThat(new String(socket.getInputStream().readNBytes(12), StandardCharsets.US_ASCII))
                        .isEqualTo("HTTP/1.1 200");
            }
        }
    }

    @Test
    void aRequestForWhichNoThreadComesFreeIsRefused() throws IOException {
        try (WebFixture web = open("threads.max", "8", "idle.timeout.seconds", "1")) {
            block(web, 8);
            assertThat(status(web, "/later")).isEqualTo(503);
            assertThat(web.reached).doesNotContain("GET /later");
            assertThat(status(web, "/livez")).isEqualTo(200);
        }
    }

    @Test
    void fortyStreamsOfOneTokenCountApartFromConnections() throws IOException {
        try (WebFixture web = open("connections.max", "40", "streams.per.user.max", "41")) {
            for (int i = 0; i < 40; i++) {
                ask(open(web), "/stream");
            }
            await().until(() -> web.streamEnds.size() == 40);
            for (int i = 0; i < 3; i++) {
                assertThat(status(web, "/livez")).isEqualTo(200);
                assertThat(status(web, "/x")).isEqualTo(200);
            }
            for (Socket socket : sockets) {
                assertThat(isClosed(socket)).isFalse();
            }
        }
    }

    @Test
    void aUserAndATokenHaveSoManyStreamsAndNoMoreUntilOneEnds() throws IOException {
        try (WebFixture web = open("streams.per.user.max", "2")) {
            ask(open(web), "/stream");
            ask(open(web), "/stream");
            await().until(() -> web.streamEnds.size() == 2);
            assertThat(web.send("GET /stream HTTP/1.1", "Host: localhost", TOKEN))
                    .startsWith("HTTP/1.1 429")
                    .contains("this user or token has 2 open", "streams.per.user.max");
            web.streamEnds.remove().run();
            assertThat(web.streams.open()).isOne();
            ask(open(web), "/stream");
            await().until(() -> web.streamEnds.size() == 2);
        }
    }

    @Test
    void aHostHasSoManyStreams() throws IOException {
        try (WebFixture web = open("streams.max", "1")) {
            ask(open(web), "/stream");
            await().until(() -> web.streamEnds.size() == 1);
            assertThat(web.send("GET /stream HTTP/1.1", "Host: localhost", TOKEN))
                    .startsWith("HTTP/1.1 429")
                    .contains("the host has 1 open", "streams.max");
        }
    }

    @Test
    void aStreamIsHeldWhileTheHostStartsAndAnsweredOnceItHasStarted() throws IOException {
        try (WebFixture web = open("idle.timeout.seconds", "1", "threads.max", "8")) {
            web.isStarting = true;
            web.present = null;
            for (String path : List.of("/events", "/live")) {
                for (int i = 0; i < 10; i++) {
                    ask(open(web), path);
                }
            }
            Socket byHeader = open(web);
            byHeader.getOutputStream()
                    .write(("GET /api/v1/jobs/1/stream HTTP/1.1\r\nHost: localhost\r\nAccept: text/event-stream\r\n"
                                    + TOKEN + "\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            long later = System.nanoTime() + 1_500_000_000L; // longer than a connection may be silent
            await().until(() -> {
                assertThat(WebFixture.status(web.send("GET /x HTTP/1.1", "Host: localhost", TOKEN)))
                        .isEqualTo(503);
                return System.nanoTime() - later > 0;
            });
            assertThat(web.reached).isEmpty();
            web.present = web.signIn;
            web.isStarting = false;
            for (Socket socket : sockets) {
                socket.setSoTimeout(20_000);
                assertThat(new String(socket.getInputStream().readNBytes(12), StandardCharsets.US_ASCII))
                        .isEqualTo("HTTP/1.1 200");
            }
        }
    }

    /** Waits until the server has completed a request: its answer arrives before that. */
    private static void awaitIdle(WebFixture web, int number, Socket answered) throws IOException {
        assertThat(answered.getInputStream().read()).isEqualTo('H');
        await().until(() -> web.waiting() == number);
    }

    private void block(WebFixture web, int number) throws IOException {
        for (int i = 0; i < number; i++) {
            ask(open(web), "/block");
        }
        await().until(() -> web.reached.stream().filter("GET /block"::equals).count() == number);
    }

    /** Which is not to wait for streams when it closes. */
    private static WebFixture open(String... settings) throws IOException {
        WebFixture web = new WebFixture(settings);
        web.endedBefore.add(() -> web.streamEnds.forEach(Runnable::run));
        return web;
    }

    private Socket open(WebFixture web) throws IOException {
        Socket socket = new Socket("127.0.0.1", web.port());
        sockets.add(socket);
        web.endedBefore.add(socket);
        return socket;
    }

    private static void ask(Socket socket, String path) throws IOException {
        socket.getOutputStream()
                .write(("GET " + path + " HTTP/1.1\r\nHost: localhost\r\n" + TOKEN + "\r\n\r\n")
                        .getBytes(StandardCharsets.US_ASCII));
    }

    private static int status(WebFixture web, String path) throws IOException {
        return WebFixture.status(web.send("GET " + path + " HTTP/1.1", "Host: localhost", TOKEN));
    }

    private static boolean isClosed(Socket socket) throws IOException {
        socket.setSoTimeout(1);
        try {
            int next = socket.getInputStream().read();
            while (next >= 0) {
                next = socket.getInputStream().read();
            }
            return true;
        } catch (SocketException e) {
            return true;
        } catch (java.net.SocketTimeoutException e) {
            return false;
        }
    }
}

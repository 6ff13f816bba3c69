// SPDX-License-Identifier: Apache-2.0
package io.jobyard.handler.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.jobyard.api.handler.PermanentException;
import io.jobyard.doubles.FakeJobContext;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ConnectionsTest {

    private final HttpFixture http = new HttpFixture();
    private final ExecutorService workers = Executors.newCachedThreadPool();

    @AfterEach
    void close() throws Exception {
        workers.shutdownNow();
        http.close();
    }

    @Test
    void aCancelClosesTheConnectionAtOnce() throws Exception {
        try (ServerSocket server = new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1"))) {
            allow(server);
            CompletableFuture<Map<String, Object>> run =
                    http.begin(Map.of("url", "http://api.test:" + server.getLocalPort()));
            try (Socket connection = server.accept()) {
                readRequest(connection);
                run.cancel(true);
                connection.setSoTimeout(10_000);
                assertThat(connection.getInputStream().read()).isEqualTo(-1);
            }
            await().until(() -> http.client.started().getDestinations().isEmpty());
        }
    }

    @Test
    void anAnswerThatTricklesEndsWithTheTimeout() throws Exception {
        CountDownLatch ended = new CountDownLatch(1);
        int port = http.serve(exchange -> {
            exchange.sendResponseHeaders(200, 0);
            exchange.getResponseBody().write('a');
            exchange.getResponseBody().flush();
            awaitLatch(ended);
        });

        assertThatThrownBy(() -> http.run(Map.of("url", "http://api.test:" + port, "timeoutSeconds", 1)))
                .isInstanceOf(CallFailedException.class)
                .hasMessageEndingWith(" within 1 s");
        ended.countDown();
    }

    @Test
    void aBodyThatNobodyAskedForEndsNothingLater() throws Exception {
        CountDownLatch ended = new CountDownLatch(1);
        int port = http.serve(exchange -> {
            exchange.sendResponseHeaders(202, 0);
            exchange.getResponseBody().flush();
            awaitLatch(ended);
        });

        assertThat(http.run(Map.of("url", "http://api.test:" + port, "readBody", false)))
                .containsEntry("status", 202)
                .containsEntry("body", "");
        ended.countDown();
    }

    @Test
    void aBodyThatNobodyAskedForMayHaveAnySize() throws Exception {
        int port = http.serve(exchange -> HttpFixture.answer(exchange, 200, "text/plain", "a".repeat(100_000)));

        assertThat(http.run(Map.of("url", "http://api.test:" + port, "readBody", false, "maxBytes", 10)))
                .containsEntry("status", 200);
    }

    @Test
    void aStatusThatIsAFailureCountsThoughItsBodyTrickles() throws Exception {
        CountDownLatch ended = new CountDownLatch(1);
        int port = http.serve(exchange -> {
            exchange.sendResponseHeaders(410, 0);
            exchange.getResponseBody().write("no longer".getBytes(StandardCharsets.UTF_8));
            exchange.getResponseBody().flush();
            awaitLatch(ended);
        });

        assertThatThrownBy(() ->
                        http.run(Map.of("url", "http://api.test:" + port, "readBody", false, "timeoutSeconds", 1)))
                .isInstanceOf(PermanentException.class)
                .hasMessage("http://api.test:" + port + " answered with status 410: no longer");
        ended.countDown();
    }

    @Test
    void aNameThatIsNotFoundInTimeEndsWithTheTimeout() {
        http.configuration.put("allow", "http://slow.test");
        CountDownLatch ended = new CountDownLatch(1);
        HttpRequest handler = new HttpRequest(
                http::settings,
                Clock.systemUTC(),
                name -> {
                    awaitLatch(ended);
                    return List.of();
                },
                new CallClient(new SslContextFactory.Client()));
        FakeJobContext context = new FakeJobContext(Map.of("url", "http://slow.test", "timeoutSeconds", 1));
        context.job = HttpFixture.job();

        assertThatThrownBy(() -> HttpFixture.await(handler.handle(context.payload(CallPayload.class), context)))
                .isInstanceOf(CallFailedException.class)
                .hasMessage("http://slow.test: no address within 1 s");
        ended.countDown();
    }

    @Test
    void aConnectionThatBreaksIsTriedAgainIfThatIsHarmless() throws Exception {
        try (ServerSocket server = new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1"))) {
            allow(server);
            workers.submit(() -> {
                while (true) {
                    try (Socket connection = server.accept()) {
                        readRequest(connection);
                    }
                }
            });
            String url = "http://api.test:" + server.getLocalPort();

            assertThatThrownBy(() -> http.get(url))
                    .isInstanceOf(CallFailedException.class)
                    .hasMessage(url + ": the connection was closed before the response was complete");
            assertThatThrownBy(() -> http.run(Map.of("method", "POST", "url", url)))
                    .isInstanceOf(PermanentException.class)
                    .hasMessageStartingWith(url)
                    .hasMessageContaining("the server may have processed the request");
        }
    }

    @Test
    void aPostThatWasNeverSentIsTriedAgain() throws Exception {
        int port;
        try (ServerSocket server = new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1"))) {
            allow(server);
            port = server.getLocalPort();
        }

        assertThatThrownBy(() -> http.run(Map.of("method", "POST", "url", "http://api.test:" + port)))
                .isInstanceOf(CallFailedException.class)
                .hasMessageContaining("Connection refused");
    }

    @Test
    void noThreadStaysForARequestAndNoneAtAllAfterTheEnd() throws Exception {
        int port = http.serve(exchange -> HttpFixture.answer(exchange, 200, "text/plain", "ok"));
        assertThat(threads()).as("before the first request").isEmpty();
        http.get("http://api.test:" + port);

        List<CompletableFuture<?>> runs = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            runs.add(http.begin(Map.of("url", "http://api.test:" + port)));
        }
        for (CompletableFuture<?> run : runs) {
            run.get();
        }
        assertThat(threads()).hasSizeLessThan(66);
        assertThat(http.client.started().getDestinations()).isEmpty();

        http.handler.stop();
        await().untilAsserted(() -> assertThat(threads()).isEmpty());
    }

    @Test
    void twoHundredCallsInFlightHoldNoThreadEach() throws Exception {
        CountDownLatch answers = new CountDownLatch(1);
        AtomicInteger arrived = new AtomicInteger();
        int port = http.serve(exchange -> {
            arrived.incrementAndGet();
            awaitLatch(answers);
            HttpFixture.answer(exchange, 200, "text/plain", "ok");
        });
        List<CompletableFuture<Map<String, Object>>> runs = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            runs.add(http.begin(Map.of("url", "http://api.test:" + port)));
        }
        await().until(() -> arrived.get() == 200);
        assertThat(threads()).as("those of the lookups, and few others").hasSizeLessThan(66);
        assertThat(runs).noneMatch(CompletableFuture::isDone);
        answers.countDown();
        for (CompletableFuture<Map<String, Object>> run : runs) {
            assertThat(run.get()).containsEntry("body", "ok");
        }
    }

    @Test
    void proxiesOfTheEnvironmentAreIgnored() throws Exception {
        int port = http.serve(exchange -> HttpFixture.answer(exchange, 200, "text/plain", "direct"));
        List<URI> asked = new CopyOnWriteArrayList<>();
        ProxySelector before = ProxySelector.getDefault();
        ProxySelector.setDefault(new ProxySelector() {
            @Override
            public List<Proxy> select(URI uri) {
                asked.add(uri);
                return List.of(Proxy.NO_PROXY);
            }

            @Override
            public void connectFailed(URI uri, SocketAddress address, IOException e) {}
        });
        System.setProperty("http.proxyHost", "127.0.0.1");
        System.setProperty("http.proxyPort", "1");
        System.setProperty("socksProxyHost", "127.0.0.1");
        System.setProperty("socksProxyPort", "1");
        try {
            assertThat(http.get("http://api.test:" + port)).containsEntry("body", "direct");
            assertThat(asked).isEmpty();
        } finally {
            ProxySelector.setDefault(before);
            List.of("http.proxyHost", "http.proxyPort", "socksProxyHost", "socksProxyPort")
                    .forEach(System::clearProperty);
        }
    }

    private void allow(ServerSocket server) {
        http.names.put("api.test", List.of("127.0.0.1"));
        http.configuration.put("allow", "http://api.test:" + server.getLocalPort());
        http.configuration.put("private", "127.0.0.0/8");
    }

    /** Reads until the empty line. */
    private static void readRequest(Socket connection) throws IOException {
        StringBuilder read = new StringBuilder();
        while (!read.toString().endsWith("\r\n\r\n")) {
            read.append((char) connection.getInputStream().read());
        }
    }

    private static void awaitLatch(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static List<String> threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .filter(name -> name.startsWith("jobyard-call"))
                .toList();
    }
}

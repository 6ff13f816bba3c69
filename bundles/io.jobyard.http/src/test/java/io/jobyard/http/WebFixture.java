// SPDX-License-Identifier: Apache-2.0
package io.jobyard.http;

import io.jobyard.settings.api.SettingsReader;
import io.jobyard.spi.identity.Credential;
import io.jobyard.spi.identity.SignIn;
import io.jobyard.spi.identity.StreamPermit;
import io.jobyard.testkit.SettableAccess;
import io.jobyard.testkit.SettableClock;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.Closeable;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A server with its guard, behind which one servlet notes what reaches it. */
final class WebFixture implements AutoCloseable {

    /** More than the longest that a connection may be silent. */
    private static final int LATER_MILLIS = 2500;

    final SettableClock clock = new SettableClock(Instant.parse("2030-01-01T00:00:00Z"));
    final SettableAccess access = new SettableAccess();
    final SignInFixture signIn = new SignInFixture();
    final List<String> reached = new CopyOnWriteArrayList<>();
    /** Lets those that ask for /block be answered. */
    final CountDownLatch free = new CountDownLatch(1);
    /** Each ends one of the streams at /stream. */
    final Queue<Runnable> streamEnds = new ConcurrentLinkedQueue<>();

    final List<Credential> shown = new CopyOnWriteArrayList<>();
    volatile @Nullable SignIn present = signIn;
    volatile boolean isStarting;
    /** What is closed before the server. */
    final List<Closeable> endedBefore = new CopyOnWriteArrayList<>();

    final StreamCounts streams;
    private final WebServer server;

    WebFixture(String... settings) throws IOException {
        this(Path.of("."), settings);
    }

    WebFixture(Path directory, String... settings) throws IOException {
        WebSettings read = settings(settings);
        streams = new StreamCounts(read.limits().streams(), read.limits().streamsOfOne());
        server = WebServer.open(
                read,
                directory,
                new WebGuard(new OwnHosts(read), () -> present, () -> access, clock, streams),
                new Noting(),
                () -> isStarting);
    }

    static void openAndClose(Path directory, String... settings) throws IOException {
        new WebFixture(directory, settings).close();
    }

    static WebSettings settings(String... pairs) {
        return WebSettings.read(reader(pairs));
    }

    /** The same, and refuses what is wrong. */
    static WebSettings readAll(String... pairs) {
        SettingsReader reader = reader(pairs);
        WebSettings settings = WebSettings.read(reader);
        reader.finish();
        return settings;
    }

    private static SettingsReader reader(String... pairs) {
        Map<String, String> raw = new HashMap<>();
        for (int i = 0; i < pairs.length; i += 2) {
            raw.put(pairs[i], pairs[i + 1]);
        }
        return new SettingsReader(raw);
    }

    @Nullable
    String problem() {
        return server.problem();
    }

    /** Returns the number of connections that wait for a request. */
    int waiting() {
        return server.waiting();
    }

    int port() {
        return server.address().getPort();
    }

    String address() {
        return server.address().toString();
    }

    /** All that comes back for these lines and an end of the stream. */
    String send(String... lines) throws IOException {
        return sendRaw(String.join("\r\n", lines) + "\r\n\r\n");
    }

    String sendRaw(String bytes) throws IOException {
        try (Socket socket = new Socket("127.0.0.1", port())) {
            socket.setSoTimeout(20_000);
            socket.getOutputStream().write(bytes.getBytes(StandardCharsets.ISO_8859_1));
            socket.shutdownOutput();
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    static int status(String answer) {
        return answer.startsWith("HTTP/1.1 ") ? Integer.parseInt(answer.substring(9, 12)) : 0;
    }

    @Override
    public void close() throws IOException {
        for (Closeable each : endedBefore) {
            each.close();
        }
        free.countDown();
        server.close(); // which waits for what is under way
    }

    /** Says who asked, and how much came along. */
    private final class Noting extends HttpServlet {

        private static final long serialVersionUID = 1L;

        @Override
        protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
            reached.add(request.getMethod() + " " + request.getRequestURI());
            if (request.getAttribute(Credential.class.getName()) instanceof Credential credential) {
                shown.add(credential);
            }
            if (request.getRequestURI().equals("/none")) {
                response.sendError(HttpServletResponse.SC_NOT_FOUND);
                return;
            }
            if (request.getRequestURI().equals("/fault")) {
                throw new IllegalStateException("a secret of the inside");
            }
            if (request.getRequestURI().equals("/live")) {
                int later = "late".equals(request.getQueryString()) ? LATER_MILLIS : 0;
                tellTwice(request.startAsync(), response.getOutputStream(), later);
                return;
            }
            if (request.getRequestURI().equals("/block")) {
                block();
            }
            if (request.getRequestURI().equals("/stream")) {
                stream(request, response.getOutputStream());
                return;
            }
            int bytes = request.getInputStream().readAllBytes().length;
            String type = request.getRequestURI().equals("/events") ? "text/event-stream" : "text/plain";
            response.setContentType(type);
            String text = request.getAttribute(WebGuard.CALLER) + " sent " + bytes;
            response.getOutputStream()
                    .write((request.getRequestURI().equals("/livez") ? text : text.repeat(200))
                            .getBytes(StandardCharsets.UTF_8));
        }

        private void block() {
            try {
                free.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        private void stream(HttpServletRequest request, ServletOutputStream out) throws IOException {
            Runnable end = ((StreamPermit) request.getAttribute(StreamPermit.class.getName())).take();
            AsyncContext async = request.startAsync();
            async.setTimeout(0);
            out.print("first");
            out.flush();
            streamEnds.add(() -> {
                end.run();
                async.complete();
            });
        }

        /** The second time after so long. */
        private void tellTwice(AsyncContext async, ServletOutputStream out, int later) throws IOException {
            async.setTimeout(0);
            out.print("first");
            out.flush();
            CompletableFuture.delayedExecutor(later, TimeUnit.MILLISECONDS).execute(() -> {
                try {
                    out.print("second");
                } catch (IOException e) {
                    reached.add("cut off: " + e);
                }
                async.complete();
            });
        }
    }
}

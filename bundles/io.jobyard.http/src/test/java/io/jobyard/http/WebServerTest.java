// SPDX-License-Identifier: Apache-2.0
package io.jobyard.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WebServerTest {

    private static final String TOKEN = "Authorization: Bearer " + SignInFixture.TOKEN;

    @Test
    void aPortThatIsTakenIsToldInOneLine() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String port = String.valueOf(taken.getLocalPort());
            assertThatThrownBy(() -> WebFixture.openAndClose(Path.of("."), "port", port))
                    .isInstanceOf(IOException.class)
                    .hasMessage("cannot open port " + port + " of 127.0.0.1 (Address already in use); process "
                            + ProcessHandle.current().pid()
                            + " (java) uses it: end that process, or set another port in etc/io.jobyard.http.cfg");
        }
    }

    @Test
    void aKeystoreThatIsNoneIsToldInOneLine(@TempDir Path directory) throws IOException {
        Files.writeString(directory.resolve("text.p12"), "no keystore");
        for (String name : new String[] {"nowhere.p12", "text.p12"}) {
            assertThatThrownBy(() -> WebFixture.openAndClose(directory, "tls.keystore", name))
                    .isInstanceOf(IOException.class)
                    .hasMessageStartingWith("cannot use tls.keystore = " + name + " (")
                    .hasMessageEndingWith(
                            "; it must be a PKCS12 file with a key, its certificates and the password in tls.keystore.password");
        }
    }

    @Test
    void anInterruptOfItsThreadsDoesNotCloseThePort() throws IOException {
        try (WebFixture web = new WebFixture()) {
            for (int time = 0; time < 100; time++) {
                Thread.getAllStackTraces().keySet().stream()
                        .filter(thread -> thread.getName().startsWith("jobyard-http"))
                        .forEach(Thread::interrupt);
                assertThat(web.send("GET /livez HTTP/1.1", "Host: localhost")).startsWith("HTTP/1.1 200");
            }
        }
    }

    @Test
    void everyAnswerTellsTheBrowserWhatToKeepTo() throws IOException {
        try (WebFixture web = new WebFixture()) {
            for (String answer : new String[] {
                web.send("GET /livez HTTP/1.1", "Host: localhost"),
                web.send("GET /x HTTP/1.1", "Host: localhost"),
                web.send("GET /fault HTTP/1.1", "Host: localhost", TOKEN),
                web.send("GET /x HTTP/1.1", "Host: localhost", "Host: other"),
            }) {
                assertThat(answer)
                        .contains("Content-Security-Policy: default-src 'none'")
                        .contains("frame-ancestors 'none'")
                        .contains("X-Content-Type-Options: nosniff")
                        .contains("Referrer-Policy: no-referrer")
                        .doesNotContain("Server:")
                        .doesNotContainIgnoringCase("jetty")
                        .doesNotContain("Strict-Transport-Security");
            }
        }
    }

    @Test
    void aFaultInsideTellsNothingOfIt() throws IOException {
        try (WebFixture web = new WebFixture()) {
            assertThat(web.send("GET /fault HTTP/1.1", "Host: localhost", TOKEN))
                    .startsWith("HTTP/1.1 500")
                    .contains("application/problem+json", "see the host's log for the reason")
                    .doesNotContain("secret of the inside", "IllegalState", "\tat ");
        }
    }

    @Test
    void bodiesAndHeadersAreBounded() throws IOException {
        try (WebFixture web = new WebFixture("body.max.bytes", "1024", "header.max.bytes", "2048")) {
            String head = "POST /x HTTP/1.1\r\nHost: localhost\r\n" + TOKEN + "\r\n";
            assertThat(web.sendRaw(head + "Content-Length: 1024\r\n\r\n" + "x".repeat(1024)))
                    .startsWith("HTTP/1.1 200");
            assertThat(web.sendRaw(head + "Content-Length: 1025\r\n\r\n" + "x".repeat(1025)))
                    .startsWith("HTTP/1.1 413");
            assertThat(web.sendRaw(
                            head + "Transfer-Encoding: chunked\r\n\r\n401\r\n" + "x".repeat(1025) + "\r\n0\r\n\r\n"))
                    .startsWith("HTTP/1.1 413");
            assertThat(web.sendRaw(head + "X: " + "x".repeat(3000) + "\r\n\r\n"))
                    .startsWith("HTTP/1.1 431");
            assertThat(web.sendRaw("GET /" + "x".repeat(3000) + " HTTP/1.1\r\nHost: localhost\r\n\r\n"))
                    .startsWith("HTTP/1.1 414");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "'3|abc|2|de|0||', 200, 5",
        "'3|abc|0|Trailer: x||', 200, 3",
        "'0||', 200, 0",
        "'|3|abc|0||', 400, ",
        "'3|abc||2|de|0||', 400, ",
        "'3|abc||||0||', 400, ",
        "'3|abc||0||', 400, ",
        "'|0||', 400, ",
    })
    void noLineIsEmptyWhereTheSizeOfAChunkBelongs(String lines, int status, String bytes) throws Exception {
        String body = lines.replace("|", "\r\n");
        String request = "POST /sign-in HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n" + body;
        String next = "GET /livez HTTP/1.1\r\nHost: localhost\r\n\r\n";
        try (WebFixture web = new WebFixture()) {
            assertAnswer(web.sendRaw(request + next), status, bytes);
            if (status == 200) {
                assertAnswer(byteByByte(web, request + next), status, bytes);
            }
        }
    }

    private static void assertAnswer(String answer, int status, String bytes) {
        assertThat(WebFixture.status(answer)).isEqualTo(status);
        assertThat(answer.split("HTTP/1.1 ", -1)).hasSize(status == 200 ? 3 : 2);
        if (status == 200) {
            assertThat(answer).contains("null sent " + bytes);
        }
    }

    private static String byteByByte(WebFixture web, String request) throws IOException {
        try (Socket socket = new Socket("127.0.0.1", web.port())) {
            socket.setTcpNoDelay(true);
            socket.setSoTimeout(20_000);
            for (byte each : request.getBytes(StandardCharsets.ISO_8859_1)) {
                socket.getOutputStream().write(each);
                socket.getOutputStream().flush();
            }
            socket.shutdownOutput();
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /** A small body that has come is read, so that the connection goes on; what comes later is not waited for. */
    @ParameterizedTest
    @CsvSource({
        "POST /livez, 405, 20, 20, false",
        "POST /livez, 405, 20, 10, true",
        "POST /livez, 405, 20, 0, true",
        "POST /x, 401, 20, 10, true",
        "POST /x, 401, 300000, 0, true",
        "POST /none, 404, 20, 20, false",
        "POST /none, 404, 20, 0, true",
        "POST /sign-in, 413, 900000000, 0, true",
        "POST /fault, 401, 0, 0, false",
        "GET /livez, 200, 20, 20, false",
    })
    void whoseBodyIsNotReadIsToldThatTheConnectionEnds(String line, int status, int length, int sent, boolean isClosed)
            throws IOException {
        try (WebFixture web = new WebFixture();
                Socket socket = new Socket("127.0.0.1", web.port())) {
            socket.setSoTimeout(20_000);
            String head = line + " HTTP/1.1\r\nHost: localhost\r\nContent-Length: " + length + "\r\n";
            String token = line.endsWith("/none") ? TOKEN + "\r\n" : "";
            OutputStream out = socket.getOutputStream();
            out.write((head + token + "\r\n" + "x".repeat(sent)).getBytes(StandardCharsets.US_ASCII));
            String answer = answer(socket.getInputStream());
            assertThat(WebFixture.status(answer)).isEqualTo(status);
            assertThat(answer.contains("Connection: close\r\n")).isEqualTo(isClosed);
            if (!isClosed) {
                out.write("GET /livez HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
                assertThat(WebFixture.status(answer(socket.getInputStream()))).isEqualTo(200);
            }
        }
    }

    private static String answer(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int next = in.read();
            if (next < 0) {
                throw new EOFException("the connection ends behind: " + head);
            }
            head.append((char) next);
        }
        int length = Integer.parseInt(head.toString().replaceFirst("(?s).*Content-Length: (\\d+).*", "$1"));
        return head + new String(in.readNBytes(length), StandardCharsets.UTF_8);
    }

    @Test
    void largeAnswersAreCompressedButNoStreams() throws IOException {
        try (WebFixture web = new WebFixture()) {
            String accepts = "Accept-Encoding: gzip";
            assertThat(web.send("GET /x HTTP/1.1", "Host: localhost", TOKEN, accepts))
                    .contains("Content-Encoding: gzip");
            assertThat(web.send("GET /events HTTP/1.1", "Host: localhost", TOKEN, accepts))
                    .doesNotContain("Content-Encoding");
            assertThat(web.send("GET /x HTTP/1.1", "Host: localhost", TOKEN)).doesNotContain("Content-Encoding");
        }
    }

    @Test
    void headersThatDripAreCutOff() throws Exception {
        try (WebFixture web = new WebFixture("idle.timeout.seconds", "1");
                Socket socket = new Socket("127.0.0.1", web.port())) {
            socket.getOutputStream().write("GET /livez HTTP/1.1\r\n".getBytes(StandardCharsets.US_ASCII));
            drip(socket, "X-A: b\r\n");
            assertThat(web.reached).isEmpty();
        }
    }

    @Test
    void bodiesThatDripAreCutOff() throws Exception {
        try (WebFixture web = new WebFixture("idle.timeout.seconds", "1");
                Socket socket = new Socket("127.0.0.1", web.port())) {
            String head = "POST /x HTTP/1.1\r\nHost: localhost\r\n" + TOKEN + "\r\nContent-Length: 100000\r\n\r\n";
            socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
            drip(socket, "x");
        }
    }

    @Test
    void aStreamMayBeSilentForLongerThanAConnectionWithoutARequest() throws Exception {
        try (WebFixture web = new WebFixture("idle.timeout.seconds", "1");
                Socket socket = new Socket("127.0.0.1", web.port())) {
            socket.getOutputStream()
                    .write(("GET /live?late HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n" + TOKEN + "\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII))
                    .contains("first")
                    .contains("second");
            assertThat(web.reached).containsExactly("GET /live");
        }
    }

    @Test
    void openStreamsEndQuietlyWithThePort() throws Exception {
        PrintStream before = System.err;
        ByteArrayOutputStream log = new ByteArrayOutputStream(); // of tests it goes to the error stream
        WebFixture web = new WebFixture();
        try (Socket socket = new Socket("127.0.0.1", web.port())) {
            socket.setSoTimeout(20_000);
            socket.getOutputStream()
                    .write(("GET /stream HTTP/1.1\r\nHost: localhost\r\n" + TOKEN + "\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            await().until(() -> !web.streamEnds.isEmpty());
            System.setErr(new PrintStream(log, true, StandardCharsets.UTF_8));
            web.close();
            assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII))
                    .contains("first");
        } finally {
            System.setErr(before);
        }
        assertThat(log.toString(StandardCharsets.UTF_8)).doesNotContain("WARN", "ERROR", "Exception");
    }

    /** Five times a second, so that no silence is long; until the other side has had enough. */
    private static void drip(Socket socket, String bytes) throws IOException {
        InputStream in = socket.getInputStream();
        socket.setSoTimeout(1);
        await().atMost(Duration.ofSeconds(20))
                .pollInterval(Duration.ofMillis(200))
                .until(() -> {
                    try {
                        socket.getOutputStream().write(bytes.getBytes(StandardCharsets.US_ASCII));
                        return in.read() < 0 || in.available() > 0;
                    } catch (SocketTimeoutException e) {
                        return false; // nothing yet
                    } catch (SocketException e) {
                        return true;
                    }
                });
    }
}

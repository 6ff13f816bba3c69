// SPDX-License-Identifier: Apache-2.0
package io.jobyard.itests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.jobyard.itests.HostProcess.Outcome;
import io.jobyard.itests.door.Door;
import io.jobyard.store.postgres.FreePort;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.After;
import org.junit.BeforeClass;
import org.junit.ClassRule;
import org.junit.Test;

/** The host's address: there when it is configured, changed while the host runs, and no danger to it when it cannot be had. */
public class HttpIT {

    private static final String PID = "io.jobyard.http";
    private static final int LISTENS = 0x0A;
    private static final String PASSWORD = "keystore-pass";
    private static final String CLOSED = "the store is not open\n";

    @ClassRule
    public static final HostProcess HOST = new HostProcess();

    private static String taken;
    private static Outcome started;
    private static Outcome ran;
    private static boolean isLeft;
    /** What it answers while it starts, and once it has. */
    private static List<String> early;

    /** First with a port that another program has, which no start survives. */
    @BeforeClass
    public static void start() throws Exception {
        HandlerJar.writeDoor(HOST);
        try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            taken = "cannot open port " + other.getLocalPort() + " of 127.0.0.1 (Address already in use)";
            HOST.configure(PID, "port = " + other.getLocalPort());
            started = HOST.jobyard("start");
            isLeft = HOST.process().isPresent();
            ran = HOST.jobyard("run");
            isLeft |= HOST.process().isPresent();
        }
        RawHttp http = new RawHttp(FreePort.next());
        HOST.configure(PID, "port = " + http.port());
        CompletableFuture<List<String>> told = CompletableFuture.supplyAsync(() -> whileItStarts(http));
        HOST.run();
        early = Stream.concat(told.get().stream(), Stream.of(http.ask("GET /readyz")))
                .toList();
        closed();
    }

    @After
    public void close() throws Exception {
        closed();
    }

    private static void closed() throws Exception {
        HOST.configure(PID, "port = 0");
        await().atMost(HostProcess.TIMEOUT).until(() -> listening().isEmpty());
    }

    @Test
    public void aTakenPortIsToldInOneLineAndTheHostWorksOn() throws Exception {
        try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            int port = other.getLocalPort();
            HOST.configure(PID, "port = " + port);
            String told = "cannot open port " + port + " of 127.0.0.1 (Address already in use)";
            await().atMost(HostProcess.TIMEOUT).until(() -> HOST.log().contains(told));
            assertThat(HOST.log().lines().filter(line -> line.contains(told)))
                    .singleElement()
                    .asString()
                    .contains(
                            "WARN",
                            "io.jobyard.http: ",
                            "; process ",
                            "uses it: end that process, or set another port in");
            assertThat(HOST.log()).doesNotContain("BindException\n");
            assertThat(HOST.json("job:doctor").toString()).contains(told);
            HOST.json("job:submit echo {} --await");
        }
        int free = FreePort.next();
        HOST.configure(PID, "port = " + free);
        await().atMost(HostProcess.TIMEOUT).until(() -> answers(free));
        assertThat(HOST.json("job:doctor").toString()).doesNotContain("cannot open port");
    }

    @Test
    public void aStartFailsInOneLineIfItsPortIsTakenAndNoHostStays() throws Exception {
        assertThat(started.exit()).isEqualTo(1);
        assertThat(started.out()).isEmpty();
        assertThat(started.err().lines())
                .singleElement()
                .asString()
                .startsWith("jobyard: the host did not start: io.jobyard.http: " + taken + "; process ")
                .contains("or set another port in etc/io.jobyard.http.cfg");
        assertThat(ran.exit()).isEqualTo(1);
        assertThat(ran.out()).doesNotContain("takes jobs");
        assertThat(ran.err().lines())
                .filteredOn(line -> line.startsWith("jobyard: "))
                .singleElement()
                .asString()
                .startsWith("jobyard: the host cannot start: io.jobyard.http: " + taken);
        assertThat(isLeft).isFalse();
        assertThat(HOST.log()).contains("WARN").contains(taken);
    }

    @Test
    public void itAnswersFromTheBeginningOfAStart() {
        assertThat(early.get(0))
                .startsWith("HTTP/1.1 503")
                .contains("Retry-After: 1")
                .endsWith(CLOSED);
        assertThat(early.get(1)).startsWith("HTTP/1.1 200").endsWith("alive\n");
        assertThat(early.get(2)).startsWith("HTTP/1.1 503").contains("Retry-After: 1");
        assertThat(early.get(3)).startsWith("HTTP/1.1 200");
    }

    /** What it answers between two answers that say that its store is not open. */
    private static List<String> whileItStarts(RawHttp http) {
        return await().atMost(HostProcess.TIMEOUT)
                .pollInterval(Duration.ofMillis(10))
                .ignoreExceptions() // nobody listens at first
                .until(
                        () -> List.of(
                                http.ask("GET /readyz"),
                                http.ask("GET /livez"),
                                http.ask("GET /api/v1/jobs"),
                                http.ask("GET /readyz")),
                        answers -> {
                            assertThat(answers.get(0)).as("all of it").doesNotStartWith("HTTP/1.1 200");
                            return answers.get(0).endsWith(CLOSED)
                                    && answers.get(3).endsWith(CLOSED);
                        })
                .subList(0, 3);
    }

    @Test
    public void itListensWhereItIsToldAndNowhereElse() throws Exception {
        int port = FreePort.next();
        HOST.configure(PID, "port = " + port);
        await().atMost(HostProcess.TIMEOUT).until(() -> answers(port));
        assertThat(listening()).containsExactly("0100007F:%04X".formatted(port));

        HOST.configure(PID, "port = " + port, "bind.address = 0.0.0.0");
        await().atMost(HostProcess.TIMEOUT).until(() -> HOST.log().contains("invalid bind.address"));
        assertThat(listening()).containsExactly("0100007F:%04X".formatted(port));
    }

    @Test
    public void itSpeaksTlsWithAKeystore() throws Exception {
        Path keystore = keystore();
        int port = FreePort.next();
        HOST.configure(PID, "port = " + port, "tls.keystore = " + keystore, "tls.keystore.password = wrong");
        await().atMost(HostProcess.TIMEOUT).until(() -> HOST.log().contains("(keystore password was incorrect)"));
        assertThat(HOST.json("job:doctor").toString()).contains("cannot use tls.keystore = " + keystore);

        HOST.configure(
                PID,
                "port = " + port,
                "bind.address = 0.0.0.0",
                "tls.keystore = " + keystore,
                "tls.keystore.password = " + PASSWORD);
        await().atMost(HostProcess.TIMEOUT).until(() -> !listening().isEmpty());
        URI uri = URI.create("https://localhost:" + port + "/enter?once=" + Door.ONCE);
        HttpResponse<String> answer = HttpClient.newBuilder()
                .sslContext(trusting(keystore))
                .build()
                .send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
        assertThat(answer.statusCode()).isEqualTo(303);
        assertThat(answer.headers().firstValue("Strict-Transport-Security")).hasValue("max-age=31536000");
        assertThat(answer.headers().firstValue("Set-Cookie").orElseThrow())
                .matches("__Host-jobyard_session_[0-9]+=[^;]+; Path=/; HttpOnly; SameSite=Strict; Secure");
        assertThat(new RawHttp(port).ask("GET /livez")).as("without TLS").doesNotContain("alive");
        assertThat(HOST.log()).doesNotContain(PASSWORD);
    }

    private static Path keystore() throws Exception {
        Path keystore = HOST.instance().resolve("etc/host.p12");
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin/keytool").toString(),
                        "-genkeypair",
                        "-alias",
                        "host",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=localhost",
                        "-validity",
                        "2",
                        "-ext",
                        "san=dns:localhost,ip:127.0.0.1",
                        "-storetype",
                        "PKCS12",
                        "-keystore",
                        keystore.toString(),
                        "-storepass",
                        PASSWORD)
                .redirectErrorStream(true)
                .start();
        String said = new String(keytool.getInputStream().readAllBytes());
        assertThat(keytool.waitFor()).as(said).isZero();
        return keystore;
    }

    private static SSLContext trusting(Path keystore) throws Exception {
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(keystore)) {
            store.load(in, PASSWORD.toCharArray());
        }
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry("host", store.getCertificate("host"));
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, factory.getTrustManagers(), null);
        return context;
    }

    private static boolean answers(int port) {
        try {
            return new RawHttp(port).ask("GET /livez").endsWith("alive\n");
        } catch (IOException e) {
            return false; // not open yet
        }
    }

    /** The host's open TCP ports as the kernel writes them: address and port in hexadecimal digits. */
    private static Set<String> listening() throws IOException {
        Path process =
                Path.of("/proc", String.valueOf(HOST.process().orElseThrow().pid()));
        Set<String> sockets;
        try (Stream<Path> files = Files.list(process.resolve("fd"))) {
            sockets = files.map(HttpIT::target)
                    .filter(target -> target.startsWith("socket:["))
                    .map(target -> target.substring("socket:[".length(), target.length() - 1))
                    .collect(Collectors.toSet());
        }
        return Stream.of("tcp", "tcp6")
                .flatMap(kind -> lines(process.resolve("net").resolve(kind)).stream())
                .map(line -> line.strip().split("\\s+"))
                .filter(line ->
                        line[0].endsWith(":") && Integer.parseInt(line[3], 16) == LISTENS && sockets.contains(line[9]))
                .map(line -> line[1].replace("0000000000000000FFFF0000", ""))
                .collect(Collectors.toSet());
    }

    private static String target(Path link) {
        try {
            return Files.readSymbolicLink(link).toString();
        } catch (IOException e) {
            return ""; // closed meanwhile
        }
    }

    private static List<String> lines(Path file) {
        try {
            return Files.exists(file) ? Files.readAllLines(file) : List.of();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}

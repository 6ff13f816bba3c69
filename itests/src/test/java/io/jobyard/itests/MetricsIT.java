// SPDX-License-Identifier: Apache-2.0
package io.jobyard.itests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;

/** What a host shows to those who scrape it, and that it listens nowhere unless it is told to. */
public class MetricsIT {

    private static final String PID = "io.jobyard.metrics";
    private static final int LISTENS = 0x0A;

    @Rule
    public final HostProcess host = new HostProcess();

    @Before
    public void start() throws Exception {
        host.run();
    }

    @Test
    public void areScrapedOnceAPortIsConfiguredAndThenOnLoopbackOnly() throws Exception {
        assertThat(listening()).isEmpty();
        int port = freePort();
        host.configure(PID, "prometheus.port = " + port);
        await().atMost(HostProcess.PATIENCE).until(() -> !listening().isEmpty());
        assertThat(listening()).containsExactly("0100007F:%04X".formatted(port));

        host.json("job:submit echo {} --await");
        String text = scrape(port);
        assertThat(text)
                .contains("jobyard_jobs_ended_total{outcome=\"completed\",queue=\"default\",type=\"echo\"} 1.0")
                .contains("jobyard_run_time_seconds_count{outcome=\"completed\",queue=\"default\",type=\"echo\"} 1")
                .contains("jobyard_jobs{status=\"completed\"} 1.0")
                .contains("jobyard_workers 4.0", "jobyard_workers_stuck 0.0", "jobyard_findings 0.0");
        assertThat(value(text, "jobyard_commit_lag_seconds_count")).isGreaterThanOrEqualTo(3);
        assertThat(value(text, "jobyard_store_reads_seconds_count")).isPositive();

        host.configure(PID, "prometheus.port = 70000");
        await().atMost(HostProcess.PATIENCE).until(() -> host.log().contains("prometheus.port = 70000 is refused"));
        assertThat(host.json("job:doctor").toString()).contains("prometheus.port = 70000 is refused");
        assertThat(scrape(port)).contains("jobyard_findings 1.0");

        host.configure(PID, "prometheus.port = 0");
        await().atMost(HostProcess.PATIENCE).until(() -> listening().isEmpty());
    }

    @Test
    public void tellHowFarALimitIsDrawn() throws Exception {
        int port = freePort();
        host.configure(PID, "prometheus.port = " + port);
        host.configure("io.jobyard.limits-provider", "rate.tokens = 1/d burst 10", "running.max = 2");
        String level = "jobyard_limit_level{limit=\"provider\",unit=\"tokens\"}";
        await().atMost(HostProcess.PATIENCE)
                .ignoreException(ConnectException.class)
                .until(() -> scrape(port).contains(level + " 10.0"));
        host.json("job:submit echo {} --limits provider --estimate tokens=4 --await");
        await().atMost(HostProcess.PATIENCE).until(() -> value(scrape(port), level) < 10);
    }

    private static double value(String text, String meter) {
        return text.lines()
                .filter(line -> line.startsWith(meter + " "))
                .mapToDouble(line -> Double.parseDouble(line.substring(meter.length() + 1)))
                .findFirst()
                .orElseThrow();
    }

    private static String scrape(int port) throws IOException, InterruptedException {
        URI uri = URI.create("http://127.0.0.1:" + port + "/metrics");
        return HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString())
                .body();
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    /** The host's open TCP ports as the kernel writes them: address and port in hexadecimal digits. */
    private Set<String> listening() throws IOException {
        Path process =
                Path.of("/proc", String.valueOf(host.process().orElseThrow().pid()));
        Set<String> sockets;
        try (Stream<Path> files = Files.list(process.resolve("fd"))) {
            sockets = files.map(MetricsIT::target)
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

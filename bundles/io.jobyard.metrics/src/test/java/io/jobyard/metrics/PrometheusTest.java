// SPDX-License-Identifier: Apache-2.0
package io.jobyard.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.jobyard.api.Finding;
import io.jobyard.settings.api.LastGood;
import io.jobyard.settings.api.Settings;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PrometheusTest {

    private final List<MeterRegistry> offered = new ArrayList<>();
    private final Prometheus prometheus = new Prometheus(registry -> {
        offered.add(registry);
        return () -> offered.remove(registry);
    });
    private final Settings<MetricsSettings> settings =
            new Settings<>(MetricsSettings.PID, MetricsSettings::read, LastGood.none());

    PrometheusTest() {
        settings.onChange(prometheus::open);
    }

    @AfterEach
    void close() {
        prometheus.close();
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private InetSocketAddress open() throws IOException {
        settings.update(Map.of("prometheus.port", freePort()));
        return prometheus.address().orElseThrow();
    }

    private static HttpResponse<String> ask(InetSocketAddress where, String method, String path)
            throws IOException, InterruptedException {
        URI uri = URI.create("http://" + where.getAddress().getHostAddress() + ":" + where.getPort() + path);
        HttpRequest request = HttpRequest.newBuilder(uri)
                .method(method, BodyPublishers.noBody())
                .build();
        return HttpClient.newHttpClient().send(request, BodyHandlers.ofString());
    }

    @Test
    void nothingListensUnlessConfigured() {
        settings.update(Map.of());
        assertThat(prometheus.address()).isEmpty();
        assertThat(offered).isEmpty();
    }

    @Test
    void aPortIsOpenedOnLoopbackAndShowsTheMeters() throws Exception {
        InetSocketAddress where = open();
        assertThat(where.getAddress().isLoopbackAddress()).isTrue();
        offered.get(0).counter(JobMeters.ENDED, "type", "echo").increment();

        HttpResponse<String> answer = ask(where, "GET", "/metrics");
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type").orElseThrow()).startsWith("text/plain; version=0.0.4");
        assertThat(answer.body()).contains("jobyard_jobs_ended_total{type=\"echo\"} 1.0");
    }

    @Test
    void nothingElseIsToBeHadThere() throws Exception {
        InetSocketAddress where = open();
        assertThat(ask(where, "GET", "/").statusCode()).isEqualTo(404);
        assertThat(ask(where, "GET", "/metrics/more").statusCode()).isEqualTo(404);
        assertThat(ask(where, "POST", "/metrics").statusCode()).isEqualTo(405);
    }

    @Test
    void aBadValueLeavesTheOpenPortAsItIs() throws Exception {
        InetSocketAddress where = open();
        settings.update(Map.of("prometheus.port", "70000", "prometheus.address", "not an address"));
        assertThat(settings.problems())
                .containsExactly(
                        "prometheus.port = 70000 is refused: use a whole number from 0 to 65535",
                        "prometheus.address = not an address is refused: use an address of this machine, such as"
                                + " 127.0.0.1");
        assertThat(ask(where, "GET", "/metrics").statusCode()).isEqualTo(200);
    }

    @Test
    void aPortThatIsTakenIsAFindingUntilAnotherIsConfigured() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            settings.update(Map.of("prometheus.port", taken.getLocalPort()));
            assertThat(prometheus.findings())
                    .extracting(Finding::problem)
                    .singleElement()
                    .asString()
                    .startsWith("prometheus.port = " + taken.getLocalPort())
                    .contains("cannot be opened");
            assertThat(offered).isEmpty();
            open();
            assertThat(prometheus.findings()).isEmpty();
        }
    }

    @Test
    void offAgainClosesThePortAndTakesTheRegistryBack() throws Exception {
        InetSocketAddress where = open();
        settings.update(Map.of());
        assertThat(offered).isEmpty();
        new ServerSocket(where.getPort(), 1, where.getAddress()).close();
    }
}

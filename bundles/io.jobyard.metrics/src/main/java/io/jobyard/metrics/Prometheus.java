// SPDX-License-Identifier: Apache-2.0
package io.jobyard.metrics;

import io.jobyard.api.Finding;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Opens and closes the endpoint by the settings. Safe for use by several threads. */
final class Prometheus {

    private static final Logger LOG = LoggerFactory.getLogger(Prometheus.class);

    private final Function<MeterRegistry, Runnable> offer;
    private @Nullable PrometheusEndpoint endpoint;
    private Runnable withdraw = () -> {};
    private List<Finding> findings = List.of();

    /** {@code offer} registers a registry to be fed, and returns what ends that. */
    Prometheus(Function<MeterRegistry, Runnable> offer) {
        this.offer = offer;
    }

    synchronized void open(MetricsSettings settings) {
        close();
        if (settings.port() == MetricsSettings.OFF) {
            return;
        }
        try {
            PrometheusEndpoint opened =
                    new PrometheusEndpoint(new InetSocketAddress(settings.address(), settings.port()));
            endpoint = opened;
            withdraw = offer.apply(opened.registry());
        } catch (IOException e) {
            String problem = settings + " cannot be opened: " + e.getMessage();
            String fix = "free that port, or configure another";
            LOG.warn("{}: {}; {}", MetricsSettings.PID, problem, fix);
            findings = List.of(new Finding(MetricsSettings.PID, problem, fix));
        }
    }

    synchronized void close() {
        findings = List.of();
        withdraw.run();
        withdraw = () -> {};
        PrometheusEndpoint open = endpoint;
        endpoint = null;
        if (open != null) {
            open.close();
        }
    }

    synchronized Optional<InetSocketAddress> address() {
        return Optional.ofNullable(endpoint).map(PrometheusEndpoint::address);
    }

    synchronized List<Finding> findings() {
        return findings;
    }
}

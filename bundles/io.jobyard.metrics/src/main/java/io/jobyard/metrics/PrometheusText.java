// SPDX-License-Identifier: Apache-2.0
package io.jobyard.metrics;

import io.jobyard.spi.MetricsText;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;

/**
 * The meters in the Prometheus text format. Its registry is a service, registered only while this component is in use.
 */
@Component(service = MetricsText.class)
public final class PrometheusText implements MetricsText {

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final ServiceRegistration<MeterRegistry> fed;

    @Activate
    public PrometheusText(BundleContext context) {
        fed = context.registerService(MeterRegistry.class, registry, null);
    }

    @Deactivate
    void stop() {
        fed.unregister();
        registry.close();
    }

    @Override
    public String mediaType() {
        return "text/plain; version=0.0.4; charset=utf-8";
    }

    @Override
    public String text() {
        return registry.scrape();
    }
}

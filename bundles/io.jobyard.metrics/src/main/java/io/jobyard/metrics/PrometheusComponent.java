// SPDX-License-Identifier: Apache-2.0
package io.jobyard.metrics;

import io.jobyard.api.Finding;
import io.jobyard.api.spi.Examiner;
import io.jobyard.api.spi.LastGood;
import io.jobyard.api.spi.Settings;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.metatype.annotations.Designate;

/** Follows the configuration {@code io.jobyard.metrics}; its registry is a service like anybody's. */
@Component(service = Examiner.class, immediate = true, configurationPid = MetricsSettings.PID)
@Designate(ocd = MetricsConfiguration.class)
public final class PrometheusComponent implements Examiner {

    private final Settings<MetricsSettings> settings;
    private final Prometheus prometheus;

    @Activate
    public PrometheusComponent(BundleContext context, Map<String, Object> raw) {
        prometheus =
                new Prometheus(registry -> context.registerService(MeterRegistry.class, registry, null)::unregister);
        settings =
                new Settings<>(MetricsSettings.PID, MetricsSettings::read, LastGood.of(context, MetricsSettings.PID));
        settings.onChange(prometheus::open); // not asked for while it is off, as it is by default
        modified(raw);
    }

    @Modified
    void modified(Map<String, Object> raw) {
        settings.update(raw);
    }

    @Deactivate
    void stop() {
        prometheus.close();
    }

    @Override
    public List<Finding> examine() {
        return Stream.concat(settings.findings().stream(), prometheus.findings().stream())
                .toList();
    }
}

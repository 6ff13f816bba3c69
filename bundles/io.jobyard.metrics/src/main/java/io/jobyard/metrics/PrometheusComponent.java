// SPDX-License-Identifier: Apache-2.0
package io.jobyard.metrics;

import io.jobyard.api.Finding;
import io.jobyard.api.spi.Examiner;
import io.jobyard.settings.api.Instance;
import io.jobyard.settings.api.LastGood;
import io.jobyard.settings.api.Settings;
import io.jobyard.settings.api.SettingsCheck;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.Designate;

/** Follows the configuration {@code io.jobyard.metrics}; its registry is a service like anybody's. */
@Component(
        service = {Examiner.class, SettingsCheck.class},
        immediate = true,
        configurationPid = MetricsSettings.PID)
@Designate(ocd = MetricsConfiguration.class)
public final class PrometheusComponent extends Settings<MetricsSettings> {

    private final Prometheus prometheus;

    @Activate
    public PrometheusComponent(BundleContext context, @Reference Instance instance, Map<String, Object> raw) {
        super(MetricsSettings.PID, MetricsSettings::read, LastGood.of(instance, MetricsSettings.PID));
        prometheus =
                new Prometheus(registry -> context.registerService(MeterRegistry.class, registry, null)::unregister);
        onChange(prometheus::open); // not asked for while it is off, as it is by default
        update(raw);
    }

    @Deactivate
    void stop() {
        prometheus.close();
    }

    @Override
    public List<Finding> examine() {
        return Stream.concat(super.examine().stream(), prometheus.findings().stream())
                .toList();
    }
}

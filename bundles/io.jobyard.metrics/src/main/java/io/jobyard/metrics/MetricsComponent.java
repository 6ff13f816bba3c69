// SPDX-License-Identifier: Apache-2.0
package io.jobyard.metrics;

import io.jobyard.api.StatusReporter;
import io.jobyard.api.spi.CommitListener;
import io.jobyard.api.spi.Committed;
import io.jobyard.api.spi.QueueManager;
import io.jobyard.api.spi.StoreSnapshot;
import io.jobyard.api.spi.StoredJob;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import io.micrometer.jmx.JmxConfig;
import io.micrometer.jmx.JmxMeterRegistry;
import java.time.Clock;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;

/** Feeds JMX, and every registry that somebody offers as a service. */
@Component(service = CommitListener.class)
public final class MetricsComponent implements CommitListener {

    /** The domain of the MBeans. */
    private static final class Domain implements JmxConfig {

        @Override
        public @Nullable String get(String key) {
            return key.equals("jmx.domain") ? "io.jobyard" : null;
        }
    }

    private final CompositeMeterRegistry registry = new CompositeMeterRegistry();
    private final JmxMeterRegistry jmx = new JmxMeterRegistry(new Domain(), io.micrometer.core.instrument.Clock.SYSTEM);
    private final JobMeters meters;

    @Activate
    public MetricsComponent(@Reference StatusReporter status, @Reference QueueManager queue, @Reference Clock clock) {
        registry.add(jmx);
        meters = new JobMeters(registry, clock, queue::route);
        HostMeters.register(registry, status, queue);
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    void bind(MeterRegistry other) {
        registry.add(other);
    }

    void unbind(MeterRegistry other) {
        registry.remove(other);
    }

    @Deactivate
    void stop() {
        List.copyOf(registry.getRegistries()).forEach(registry::remove); // others' registries live on
        registry.close();
        jmx.close();
    }

    @Override
    public void opened(StoreSnapshot snapshot) {
        // counts begin at the host's start
    }

    @Override
    public void committed(List<Committed> changes) {
        meters.committed(changes);
    }

    @Override
    public void removed(List<StoredJob> jobs) {
        meters.removed(jobs);
    }
}

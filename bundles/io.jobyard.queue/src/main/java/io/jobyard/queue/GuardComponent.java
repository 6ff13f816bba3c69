// SPDX-License-Identifier: Apache-2.0
package io.jobyard.queue;

import io.jobyard.api.Finding;
import io.jobyard.api.spi.Examiner;
import io.jobyard.api.spi.QueueManager;
import io.jobyard.api.spi.hosting.HostStore;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks every second; of several hosts the steward tells. */
@Component(service = Examiner.class, immediate = true)
public final class GuardComponent implements Examiner {

    private static final Logger LOG = LoggerFactory.getLogger(GuardComponent.class);

    private final Guard guard;
    private final ScheduledExecutorService timer =
            Executors.newSingleThreadScheduledExecutor(task -> new Thread(task, "jobyard-guard-1"));

    @Activate
    public GuardComponent(
            @Reference QueueSettingsComponent settings,
            @Reference LimitCatalogRegistry catalog,
            @Reference QueueManager queue,
            @Reference GuardEvents events,
            @Reference HostStore hosts,
            @Reference Clock clock) {
        guard = new Guard(
                settings::current,
                catalog::current,
                queue::queues,
                clock,
                () -> hosts.hosts().isSteward(),
                events::tell);
        timer.scheduleWithFixedDelay(this::look, 1, 1, TimeUnit.SECONDS);
    }

    @Deactivate
    void stop() {
        timer.shutdownNow();
    }

    private void look() {
        try {
            guard.look();
        } catch (RuntimeException e) { // or there would be no next look
            LOG.warn("The guards could not look, and will again", e);
        }
    }

    @Override
    public List<Finding> examine() {
        return guard.findings();
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.jobyard.queue;

import io.jobyard.api.Finding;
import io.jobyard.settings.api.LoopThread;
import io.jobyard.spi.Examiner;
import io.jobyard.spi.cluster.HostStore;
import io.jobyard.spi.queue.QueueManager;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Checks the backlog every second. With several hosts, only the leader reports. */
@Component(service = Examiner.class, immediate = true)
public final class BacklogAlertComponent implements Examiner {

    private static final Logger LOG = LoggerFactory.getLogger(BacklogAlertComponent.class);

    private static final Duration EVERY = Duration.ofSeconds(1);
    private static final Duration TIMEOUT = Duration.ofSeconds(5);

    private final BacklogAlert guard;
    private final LoopThread loop = new LoopThread("jobyard-backlog-1", "Cannot check backlogs", this::look);

    @Activate
    public BacklogAlertComponent(
            @Reference QueueSettingsComponent settings,
            @Reference LimitCatalogRegistry catalog,
            @Reference QueueManager queue,
            @Reference BacklogAlerts events,
            @Reference HostStore hosts,
            @Reference Clock clock) {
        guard = new BacklogAlert(
                settings::current,
                catalog::current,
                queue.overview()::queues,
                clock,
                () -> hosts.hosts().isLeader(),
                events::tell);
        loop.start(EVERY);
    }

    @Deactivate
    void stop() {
        if (!loop.stop(TIMEOUT)) {
            LOG.warn("Backlog check still running; the host stops without it");
        }
    }

    private Duration look() {
        guard.look();
        return EVERY;
    }

    @Override
    public List<Finding> examine() {
        return guard.findings();
    }
}

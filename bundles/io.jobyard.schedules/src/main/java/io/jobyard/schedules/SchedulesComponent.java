// SPDX-License-Identifier: Apache-2.0
package io.jobyard.schedules;

import io.jobyard.api.Finding;
import io.jobyard.settings.api.LoopThread;
import io.jobyard.spi.Examiner;
import io.jobyard.spi.access.Access;
import io.jobyard.spi.cluster.HostStore;
import io.jobyard.spi.feed.CommitListener;
import io.jobyard.spi.handlers.HandlerCatalog;
import io.jobyard.spi.schedules.ScheduleManagers;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Component that runs the schedules of a host. */
@Component(
        immediate = true,
        service = {SchedulesComponent.class, ScheduleManagers.class, CommitListener.class, Examiner.class})
public final class SchedulesComponent extends Schedules implements Examiner {

    private static final Logger LOG = LoggerFactory.getLogger(SchedulesComponent.class);
    private static final Duration LONGEST_REST = Duration.ofSeconds(1); // clocks of hosts are adjusted
    private static final Duration TIMEOUT = Duration.ofSeconds(5);

    private final LoopThread loop;
    private final ScheduleExamination examination;
    private final Runnable endOfFiles;

    @Activate
    public SchedulesComponent(
            @Reference ScheduleServices services,
            @Reference Access access,
            @Reference HandlerCatalog handlers,
            @Reference HostStore hosts,
            @Reference ScheduleFiles files,
            @Reference ScheduleEvents events) {
        super(services, access, events, files::current);
        Clock clock = services.clock();
        loop = new LoopThread("jobyard-schedules-1", "Schedules have to wait", () -> rest(clock));
        examination = new ScheduleExamination(engine::entries, files::current, handlers, hosts, access, clock);
        endOfFiles = files.onChange(engine::filesChanged);
        loop.start();
    }

    @Deactivate
    public void stop() {
        endOfFiles.run();
        if (!loop.stop(TIMEOUT)) {
            LOG.warn("Store not available; the next start resumes the schedules");
        }
    }

    private Duration rest(Clock clock) {
        Instant next = turn();
        Duration rest = next == null ? LONGEST_REST : Duration.between(clock.instant(), next);
        return rest.compareTo(LONGEST_REST) > 0 ? LONGEST_REST : rest;
    }

    @Override
    void wake() {
        loop.wake();
    }

    @Override
    public List<Finding> examine() {
        return examination.examine();
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.jobyard.schedules;

import io.jobyard.api.Finding;
import io.jobyard.settings.api.LoopThread;
import io.jobyard.spi.Examiner;
import io.jobyard.spi.access.Access;
import io.jobyard.spi.access.Caller;
import io.jobyard.spi.cluster.HostStore;
import io.jobyard.spi.cluster.Hosts;
import io.jobyard.spi.feed.CommitListener;
import io.jobyard.spi.feed.Committed;
import io.jobyard.spi.feed.StoreSnapshot;
import io.jobyard.spi.handlers.HandlerCatalog;
import io.jobyard.spi.schedules.ScheduleManagers;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;
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
public final class SchedulesComponent implements ScheduleManagers, CommitListener, Examiner {

    private static final Logger LOG = LoggerFactory.getLogger(SchedulesComponent.class);
    private static final Duration LONGEST_REST = Duration.ofSeconds(1); // clocks of hosts are adjusted
    private static final Duration TIMEOUT = Duration.ofSeconds(5);

    private final Function<Caller, ScheduleOperations> operations;
    private final ScheduleEngine engine;
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
        Clock clock = services.clock();
        operations = caller -> new ScheduleOperations(services, access, files::current, caller);
        loop = new LoopThread("jobyard-schedules-1", "Schedules have to wait", () -> turn(clock));
        engine = new ScheduleEngine(services, events, files::current, loop::wake);
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

    private Duration turn(Clock clock) {
        Instant next = engine.turn();
        Duration rest = next == null ? LONGEST_REST : Duration.between(clock.instant(), next);
        return rest.compareTo(LONGEST_REST) > 0 ? LONGEST_REST : rest;
    }

    @Override
    public ScheduleOperations of(Caller caller) {
        return operations.apply(caller);
    }

    @Override
    public List<Finding> examine() {
        return examination.examine();
    }

    @Override
    public void opened(StoreSnapshot snapshot) {
        engine.opened(); // hosts are reported later, and the leader reads the schedules itself
    }

    @Override
    public void hosts(Hosts hosts) {
        engine.follow(hosts.isLeader());
    }

    @Override
    public void committed(List<Committed> changes) {
        changes.forEach(engine::changed);
    }

    @Override
    public void scheduled(String schedule) {
        engine.scheduled(schedule);
    }
}

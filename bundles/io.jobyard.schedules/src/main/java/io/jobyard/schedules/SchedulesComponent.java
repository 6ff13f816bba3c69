// SPDX-License-Identifier: Apache-2.0
package io.jobyard.schedules;

import io.jobyard.api.Finding;
import io.jobyard.api.ScheduleManager;
import io.jobyard.spi.Examiner;
import io.jobyard.spi.JobManagers;
import io.jobyard.spi.access.Access;
import io.jobyard.spi.access.Caller;
import io.jobyard.spi.cluster.HostStore;
import io.jobyard.spi.cluster.Hosts;
import io.jobyard.spi.feed.CommitListener;
import io.jobyard.spi.feed.Committed;
import io.jobyard.spi.feed.StoreSnapshot;
import io.jobyard.spi.handlers.HandlerCatalog;
import io.jobyard.spi.reads.JobReads;
import io.jobyard.spi.schedules.FireAdmission;
import io.jobyard.spi.schedules.ScheduleManagers;
import io.jobyard.spi.schedules.ScheduleStore;
import java.time.Clock;
import java.util.List;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;

/** The schedules of a host. */
@Component(
        immediate = true,
        service = {SchedulesComponent.class, ScheduleManagers.class, CommitListener.class, Examiner.class})
public final class SchedulesComponent implements ScheduleManagers, CommitListener, Examiner {

    private final ScheduleOperations operations;
    private final ScheduleEngine engine;
    private final ScheduleThread thread;
    private final ScheduleExamination examination;
    private final Runnable endOfFiles;

    @Activate
    public SchedulesComponent(
            @Reference ScheduleStore store,
            @Reference JobReads reads,
            @Reference FireAdmission admission,
            @Reference JobManagers managers,
            @Reference Access access,
            @Reference HandlerCatalog handlers,
            @Reference HostStore hosts,
            @Reference ScheduleFiles files,
            @Reference ScheduleEvents events,
            @Reference Clock clock) {
        ScheduleServices services = new ScheduleServices(store, reads, admission, managers, clock);
        operations = new ScheduleOperations(services, access, files::current);
        thread = new ScheduleThread(clock);
        engine = new ScheduleEngine(services, events, files::current, thread::wake);
        examination = new ScheduleExamination(engine::entries, files::current, handlers, hosts, access, clock);
        endOfFiles = files.onChange(engine::filesChanged);
        thread.start(engine::turn);
    }

    @Deactivate
    public void stop() {
        endOfFiles.run();
        thread.stop();
    }

    ScheduleOperations operations() {
        return operations;
    }

    @Override
    public ScheduleManager of(Caller caller) {
        return new ClientScheduleManager(caller, operations);
    }

    @Override
    public List<Finding> examine() {
        return examination.examine();
    }

    @Override
    public void opened(StoreSnapshot snapshot) {
        engine.opened(); // the hosts come next, and whoever is the leader reads the schedules himself
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

// SPDX-License-Identifier: Apache-2.0
package io.jobyard.metrics;

import io.jobyard.api.BacklogEvent;
import io.jobyard.api.BacklogListener;
import io.jobyard.api.HistoryEvent;
import io.jobyard.api.LimitEvent;
import io.jobyard.api.LimitListener;
import io.jobyard.api.ScheduleEvent;
import io.jobyard.api.ScheduleListener;
import io.jobyard.api.StatusReporter;
import io.jobyard.settings.api.LoopThread;
import io.jobyard.spi.StatusReporters;
import io.jobyard.spi.access.Caller;
import io.jobyard.spi.feed.CommitListener;
import io.jobyard.spi.feed.Committed;
import io.jobyard.spi.feed.StoreSnapshot;
import io.jobyard.spi.jobs.JobSummary;
import io.jobyard.spi.queue.QueueManager;
import io.jobyard.spi.running.RunMonitor;
import io.jobyard.spi.store.StoreMaintenance;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Component that feeds all registry services with meters. */
@Component(service = {CommitListener.class, ScheduleListener.class, BacklogListener.class, LimitListener.class})
public final class MetricsComponent implements CommitListener, ScheduleListener, BacklogListener, LimitListener {

    private static final Logger LOG = LoggerFactory.getLogger(MetricsComponent.class);
    private static final Duration EVERY = Duration.ofSeconds(10);
    private static final Duration TIMEOUT = Duration.ofSeconds(5);

    private final CompositeMeterRegistry registry = new CompositeMeterRegistry();
    private final JobMeters meters;
    private final ScheduleMeters schedules;
    private final BacklogMeters guards;
    private final WarningMeters warnings;
    private final StoreMaintenance store;
    private final LoopThread loop;

    @Activate
    public MetricsComponent(
            @Reference StatusReporters status,
            @Reference QueueManager queue,
            @Reference RunMonitor runs,
            @Reference StoreMaintenance store,
            @Reference Clock clock) {
        this.store = store; // keep a strong reference: the gauge holds it weakly
        schedules = new ScheduleMeters(registry);
        guards = new BacklogMeters(registry);
        warnings = new WarningMeters(registry);
        meters = new JobMeters(registry, clock, queue.rules()::route);
        StatusReporter reporter = status.of(Caller.administrator(HistoryEvent.HOST));
        HostMeters.register(registry, reporter, queue.lanes(), runs, store);
        LimitMeters limits = new LimitMeters(registry);
        DepthMeters depths = new DepthMeters(registry, reporter, clock);
        loop = new LoopThread("jobyard-metrics-1", "Meters of limits and numbers of jobs not updated", () -> {
            limits.look(queue.overview().limits());
            depths.look();
            return EVERY;
        });
        loop.start(EVERY);
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
        if (!loop.stop(TIMEOUT)) {
            LOG.warn("The thread that updates the meters of limits did not stop");
        }
        List.copyOf(registry.getRegistries()).forEach(registry::remove); // the registries of others must stay usable
        registry.close();
    }

    @Override
    public void opened(StoreSnapshot snapshot) {
        // counters begin at zero when the host starts
    }

    @Override
    public void committed(List<Committed> changes) {
        meters.committed(changes);
    }

    @Override
    public void seen(ScheduleEvent event) {
        schedules.seen(event);
    }

    @Override
    public void seen(BacklogEvent event) {
        guards.seen(event);
    }

    @Override
    public void passed(LimitEvent event) {
        warnings.passed(event);
    }

    @Override
    public void removed(List<? extends JobSummary> jobs, boolean elsewhere) {
        if (!elsewhere) {
            meters.removed(jobs);
        }
    }
}

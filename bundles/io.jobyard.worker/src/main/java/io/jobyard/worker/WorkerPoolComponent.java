// SPDX-License-Identifier: Apache-2.0
package io.jobyard.worker;

import io.jobyard.api.Finding;
import io.jobyard.api.JobId;
import io.jobyard.api.spi.CommitListener;
import io.jobyard.api.spi.Committed;
import io.jobyard.api.spi.Examiner;
import io.jobyard.api.spi.JobRepository;
import io.jobyard.api.spi.JobScheduler;
import io.jobyard.api.spi.LiveRun;
import io.jobyard.api.spi.QueueManager;
import io.jobyard.api.spi.RunMonitor;
import io.jobyard.api.spi.SizeLimits;
import io.jobyard.api.spi.StoreSnapshot;
import io.jobyard.settings.api.Settings;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleEvent;
import org.osgi.framework.Constants;
import org.osgi.framework.SynchronousBundleListener;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Builds the workers, connects them to the scheduler, and ends them in order. */
@Component(
        service = {RunMonitor.class, Examiner.class, CommitListener.class},
        immediate = true)
public final class WorkerPoolComponent implements RunMonitor, Examiner, CommitListener {

    private static final Logger LOG = LoggerFactory.getLogger(WorkerPoolComponent.class);
    private static final long WATCH_MILLIS = 100;

    private final BundleContext context;
    private final SynchronousBundleListener hostStop = this::hostStops;
    private final Handlers handlers;
    private final Runnable wake;
    private final Runnable renewal = this::renew;
    private final Runnable endOfSettings;
    private final WorkerPool pool;
    private final Dispatcher dispatcher;
    private final Clock clock;
    private final Settings<WorkerSettings> settings;
    private boolean drained;
    private volatile @Nullable Instant stopsAt;
    private final ScheduledExecutorService watch =
            Executors.newSingleThreadScheduledExecutor(task -> new Thread(task, "jobyard-watch-1"));

    @Activate
    public WorkerPoolComponent(
            BundleContext context,
            @Reference JobScheduler scheduler,
            @Reference JobRepository repository,
            @Reference QueueManager queue,
            @Reference HandlerRegistry registry,
            @Reference InterceptorRegistry interceptors,
            @Reference QuarantineComponent quarantine,
            @Reference WorkerSettingsComponent settings,
            @Reference SizeLimits limits,
            @Reference Clock clock) {
        this.handlers = registry.all();
        this.clock = clock;
        Settings<WorkerSettings> live = settings;
        this.settings = live;
        this.wake = queue::wake;
        JobExecutor executor =
                new JobExecutor(handlers, interceptors::outermostFirst, repository, Usage.of(queue), limits, clock);
        pool = new WorkerPool(
                live::current,
                executor::execute,
                new StoreSink(repository, scheduler),
                quarantine.quarantine(),
                new Prefetch(Prefetch.AHEAD),
                System::nanoTime,
                ExitCalls::now);
        dispatcher = new Dispatcher(scheduler, pool);
        endOfSettings = live.onChange(changed -> pool.resize());
        handlers.onArrival(wake);
        handlers.onDeparture(renewal);
        pool.resize();
        watch.scheduleWithFixedDelay(this::watch, WATCH_MILLIS, WATCH_MILLIS, TimeUnit.MILLISECONDS);
        this.context = context;
        context.addBundleListener(hostStop);
    }

    @Deactivate
    void stop() {
        context.removeBundleListener(hostStop);
        drain();
    }

    /** Ends all work at once: before any handler's bundle stops when the host does. */
    private synchronized void drain() {
        if (drained) {
            return;
        }
        drained = true;
        stopsAt = clock.instant().plus(settings.current().drainTimeout());
        handlers.forget(wake);
        handlers.forget(renewal);
        endOfSettings.run();
        dispatcher.stop();
        pool.stop();
        watch.shutdown();
    }

    private void watch() {
        try {
            pool.watch();
        } catch (RuntimeException | Error e) { // or nobody would look after the runs any more
            LOG.error("The watch over the runs failed; it goes on", e);
        }
    }

    private void renew() {
        pool.renew();
    }

    private void hostStops(BundleEvent event) {
        if (event.getType() == BundleEvent.STOPPING && event.getBundle().getBundleId() == Constants.SYSTEM_BUNDLE_ID) {
            drain();
        }
    }

    /** Nothing starts before this: from now on each cancel of a run that has started is heard. */
    @Override
    public void opened(StoreSnapshot snapshot) {
        dispatcher.start();
    }

    @Override
    public void committed(List<Committed> changes) {
        pool.committed(changes);
    }

    @Override
    public Workers workers() {
        return pool.workers();
    }

    @Override
    public List<Finding> examine() {
        return pool.stuckRuns().stream().map(StuckFinding::of).toList();
    }

    @Override
    public Optional<LiveRun> run(JobId id) {
        Instant stops = stopsAt;
        return pool.run(id)
                .map(run -> stops == null || run.ending() != null
                        ? run
                        : new LiveRun(run.run(), run.startedAt(), run.progress(), Run.leaves("the host", stops)));
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.jobyard.status;

import io.jobyard.api.Activity;
import io.jobyard.api.Finding;
import io.jobyard.api.HandlerStatus;
import io.jobyard.api.HistoryEvent;
import io.jobyard.api.HostStatus;
import io.jobyard.api.Load;
import io.jobyard.api.Statistics;
import io.jobyard.api.StatusReporter;
import io.jobyard.spi.StatusReporters;
import io.jobyard.spi.access.Access;
import io.jobyard.spi.access.Caller;
import io.jobyard.spi.feed.CommitListener;
import io.jobyard.spi.feed.Committed;
import io.jobyard.spi.feed.StoreSnapshot;
import io.jobyard.spi.handlers.HandlerCatalog;
import io.jobyard.spi.handlers.HiddenFields;
import io.jobyard.spi.handlers.TypeRules;
import io.jobyard.spi.jobs.JobSummary;
import io.jobyard.spi.queue.LimitSight;
import io.jobyard.spi.queue.QueueManager;
import io.jobyard.spi.reads.JobReads;
import io.jobyard.spi.running.RunMonitor;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * Answers the queries of a {@link StatusReporter} from the store, the lanes and the workers, for any caller. {@link
 * CallerStatusReporter} restricts the answers to data that the caller may see.
 */
@Component(service = {StatusReporterComponent.class, StatusReporters.class, CommitListener.class})
public final class StatusReporterComponent implements StatusReporters, CommitListener {

    final JobReads store;
    private final QueueManager queue;
    private final HandlerCatalog handlers;
    final Examiners examiners;
    private final Access access;
    private final Clock clock;
    final Tally tally;
    private final HostOverview hosts;
    final JobReports jobs;
    final GraphReports graphs;
    final StepReports steps;
    final UsageReports usage;
    final SampleReports samples;

    @Activate
    public StatusReporterComponent(
            @Reference StatusStores stores,
            @Reference QueueManager queue,
            @Reference HandlerCatalog handlers,
            @Reference RunMonitor runs,
            @Reference Examiners examiners,
            @Reference Access access,
            @Reference Clock clock) {
        store = stores.jobs();
        this.queue = queue;
        this.handlers = handlers;
        this.examiners = examiners;
        this.access = access;
        this.clock = clock;
        usage = new UsageReports(stores.usage());
        samples = new SampleReports(stores.samples());
        tally = new Tally(queue.rules()::route, clock);
        hosts = new HostOverview(stores.hosts());
        graphs = new GraphReports(store);
        steps = new StepReports(store, stores.work());
        LiveRuns live = new LiveRuns(runs, stores.notices());
        Explainer explainer = new Explainer(queue, store, live, hosts, new WaitingBlocker(store, stores.work(), clock));
        jobs = new JobReports(store, stores.feed(), queue.rules(), live, tally, explainer);
    }

    @Override
    public StatusReporter of(Caller caller) {
        return new CallerStatusReporter(new CallerSight(caller, access, this, false));
    }

    @Override
    public StatusReporter ofHost() {
        Caller host = Caller.administrator(HistoryEvent.HOST);
        return new CallerStatusReporter(new CallerSight(host, access, this, true));
    }

    @Override
    public void opened(StoreSnapshot snapshot) {
        tally.opened(snapshot);
        hosts.opened(snapshot);
    }

    @Override
    public void committed(List<Committed> changes) {
        tally.committed(changes);
        hosts.committed(changes);
    }

    @Override
    public void removed(List<? extends JobSummary> jobs, boolean elsewhere) {
        tally.removed(jobs);
    }

    /** Returns the queue manager, with the jobs whose submitters are known. */
    QueueManager queue() {
        store.awaitListeners();
        return queue;
    }

    Activity activity() {
        store.awaitListeners();
        return tally.activity();
    }

    List<Load> load() {
        store.awaitListeners();
        return tally.load();
    }

    Statistics statistics() {
        tally.awaitCounted();
        return tally.statistics(queue().overview().queues().stream()
                .map(queue -> queue.jobs().oldestReady())
                .filter(Objects::nonNull)
                .max(Duration::compareTo)
                .orElse(null));
    }

    List<Finding> doctor() {
        return Stream.of(
                        examiners.examine(),
                        UnservedTypeFindings.findings(handlers(), hosts.typesElsewhere()),
                        Backlog.findings(queue().lanes().oldestOpen(), clock.instant()))
                .flatMap(List::stream)
                .toList();
    }

    List<HostStatus> hosts() {
        store.awaitListeners();
        return hosts.hosts();
    }

    HostStatus.HostLoad slots() {
        store.awaitListeners();
        return hosts.slots();
    }

    boolean isPrivileged(String type) {
        return handlers.isPrivileged(type);
    }

    List<HandlerStatus> handlers() {
        return HandlerOverview.of(handlers.handlers(), queue().lanes().queuedByType(), hosts.typesElsewhere());
    }

    LimitSight sight(Caller caller) {
        return new LimitSight(caller, access, handlers, queue.rules()::limitKeys);
    }

    /** Returns whether fields of any type's jobs are hidden. */
    boolean hidesFields() {
        return handlers.typeRules().values().stream()
                .anyMatch(rules -> !rules.hidden().paths().isEmpty());
    }

    HiddenFields hiddenFields(String type) {
        return handlers.typeRules().getOrDefault(type, TypeRules.NONE).hidden();
    }

    Optional<Map<String, Object>> schema(String type) {
        return handlers.schema(type, null).map(StoredJson::object);
    }
}

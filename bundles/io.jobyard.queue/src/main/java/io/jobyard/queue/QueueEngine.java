// SPDX-License-Identifier: Apache-2.0
package io.jobyard.queue;

import io.jobyard.api.Finding;
import io.jobyard.api.LimitEvent;
import io.jobyard.api.Pause;
import io.jobyard.api.PauseTarget;
import io.jobyard.settings.api.Settings;
import io.jobyard.spi.Examiner;
import io.jobyard.spi.cluster.Hosts;
import io.jobyard.spi.feed.CommitListener;
import io.jobyard.spi.feed.Committed;
import io.jobyard.spi.feed.StoreSnapshot;
import io.jobyard.spi.handlers.HandlerCatalog;
import io.jobyard.spi.limits.LimitDefinition;
import io.jobyard.spi.limits.UseReport;
import io.jobyard.spi.queue.CanaryQueries;
import io.jobyard.spi.queue.JobAdmission;
import io.jobyard.spi.queue.JobClaims;
import io.jobyard.spi.queue.QueueManager;
import io.jobyard.spi.queue.QueueQueries;
import io.jobyard.spi.queue.QueueRules;
import io.jobyard.spi.queue.ReadyLanes;
import io.jobyard.spi.queue.RunLimits;
import java.time.Clock;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Queue without OSGi: lanes that follow the store's commits, and claims from them. */
public class QueueEngine implements QueueManager, CommitListener, Examiner, AutoCloseable {

    /** Usual number of jobs of a lane in memory. */
    public static final int WINDOW = 1_000;

    private final LimitCatalogRegistry catalog;
    private final Lanes lanes;
    private final LimitUseWriter limitUses;
    private final StoredClaims claims;
    private final QuotaAdmission admission;
    private final ReportedDraws runs;
    private final QueueRules rules;
    final CanaryRollbacks rollbacks;
    private final Runnable endOfSettings;
    private final Runnable endOfCatalog;
    private volatile Consumer<LimitEvent> warned = event -> {};

    /** @param window maximum number of jobs of a lane in memory */
    public QueueEngine(
            Settings<QueueSettings> settings,
            LimitCatalogRegistry catalog,
            Gates gates,
            HandlerCatalog handlers,
            QueueStore store,
            Clock clock,
            int window) {
        this.catalog = catalog;
        LaneReader reader = LaneReader.of(store.reads);
        lanes = new Lanes(settings::current, catalog::current, handlers, gates, reader, clock, window);
        lanes.follower.restore(store.limits.uses());
        limitUses = new LimitUseWriter(lanes, store.limits, event -> warned.accept(event));
        claims = new StoredClaims(lanes, store.jobs, store.limits, limitUses);
        store.jobs.startWith(claims);
        admission = new QuotaAdmission(catalog::current, lanes, limitUses);
        store.limits.letIn(admission);
        runs = new ReportedDraws(lanes, store.limits, limitUses);
        rules = new ConfiguredRules(settings, catalog, lanes);
        rollbacks = new CanaryRollbacks(lanes, store.limits, store.audit);
        endOfSettings = settings.onChange(changed -> claims.wake());
        endOfCatalog = catalog.onChange(lanes.lock::wakeSoon);
    }

    /** Sets the listener for exceeded warning thresholds. */
    final void onWarning(Consumer<LimitEvent> listener) {
        warned = listener;
    }

    /** Stops following the configuration. */
    @Override
    public void close() {
        claims.close();
        limitUses.close();
        endOfSettings.run();
        endOfCatalog.run();
    }

    @Override
    public final JobClaims claims() {
        return claims;
    }

    @Override
    public final JobAdmission admission() {
        return admission;
    }

    @Override
    public final RunLimits runs() {
        return runs;
    }

    @Override
    public final QueueRules rules() {
        return rules;
    }

    @Override
    public final ReadyLanes lanes() {
        return lanes.overview;
    }

    @Override
    public final QueueQueries overview() {
        return lanes.limits;
    }

    @Override
    public final CanaryQueries canaries() {
        return rollbacks;
    }

    @Override
    public void opened(StoreSnapshot snapshot) {
        catalog.begin(snapshot.definitions());
        lanes.follower.opened(snapshot);
    }

    @Override
    public void hosts(Hosts hosts) {
        lanes.follower.hosts(hosts);
    }

    @Override
    public void committed(List<Committed> changes) {
        lanes.follower.committed(changes);
        limitUses.storeInTime();
        rollbacks.tell();
    }

    @Override
    public void reported(UseReport report) {
        runs.reported(report);
    }

    @Override
    public void paused(Pause pause) {
        lanes.follower.paused(pause);
    }

    @Override
    public void resumed(PauseTarget target) {
        lanes.follower.resumed(target);
    }

    @Override
    public void defined(LimitDefinition definition) {
        catalog.defined(definition);
    }

    @Override
    public List<Finding> examine() {
        return Stream.of(rollbacks.findings(), lanes.findings.findings(), catalog.findings())
                .flatMap(List::stream)
                .toList();
    }
}

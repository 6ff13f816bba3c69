// SPDX-License-Identifier: Apache-2.0
package io.jobyard.queue;

import io.jobyard.api.Finding;
import io.jobyard.api.JobId;
import io.jobyard.api.LimitStatus;
import io.jobyard.api.QueuePause;
import io.jobyard.api.QueueStatus;
import io.jobyard.api.spi.Access;
import io.jobyard.api.spi.CommitListener;
import io.jobyard.api.spi.Committed;
import io.jobyard.api.spi.Examiner;
import io.jobyard.api.spi.HandlerCatalog;
import io.jobyard.api.spi.JobRepository;
import io.jobyard.api.spi.LaneKey;
import io.jobyard.api.spi.LaneView;
import io.jobyard.api.spi.QueueManager;
import io.jobyard.api.spi.Quotas;
import io.jobyard.api.spi.ReadyJob;
import io.jobyard.api.spi.StoreSnapshot;
import io.jobyard.api.spi.Taken;
import io.jobyard.settings.api.Settings;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;

/** Offers the lanes as a service and feeds them from the store's commits. */
@Component(service = {QueueManager.class, CommitListener.class, Examiner.class})
public final class LaneQueueManager implements QueueManager, CommitListener, Examiner {

    /** A lane that is read meanwhile by somebody else is told by its place alone. */
    private static final int MOST_LOOKS = 20;

    private final Settings<QueueSettings> settings;
    private final LimitCatalogRegistry catalog;
    private final Access access;
    private final Lanes lanes;
    private final LimitUseWriter limitUses;
    private final Runnable endOfSettings;
    private final Runnable endOfCatalog;
    private final Runnable endOfQuotas;

    @Activate
    public LaneQueueManager(
            @Reference QueueSettingsComponent settings,
            @Reference LimitCatalogRegistry catalog,
            @Reference GateRegistry gates,
            @Reference HandlerCatalog handlers,
            @Reference JobRepository repository,
            @Reference Access access,
            @Reference Clock clock) {
        this(settings, catalog, gates.gates(), handlers, repository, access, clock, Lanes.WINDOW);
    }

    LaneQueueManager(
            Settings<QueueSettings> settings,
            LimitCatalogRegistry catalog,
            Gates gates,
            HandlerCatalog handlers,
            JobRepository repository,
            Access access,
            Clock clock,
            int window) {
        this.settings = settings;
        this.catalog = catalog;
        this.access = access;
        endOfQuotas = access.onChange(() -> catalog.quotas(access.quotas()));
        catalog.quotas(access.quotas());
        lanes = new Lanes(settings::current, catalog::current, handlers, gates, repository::ready, clock, window);
        lanes.restore(repository.uses());
        limitUses = new LimitUseWriter(lanes, repository);
        endOfSettings = this.settings.onChange(changed -> wake());
        endOfCatalog = catalog.onChange(this::wake);
    }

    @Deactivate
    void stop() {
        endOfSettings.run();
        endOfCatalog.run();
        endOfQuotas.run();
    }

    @Override
    public void opened(StoreSnapshot snapshot) {
        lanes.opened(snapshot);
    }

    @Override
    public void committed(List<Committed> changes) {
        lanes.committed(changes);
        limitUses.storeInTime();
    }

    @Override
    public List<Taken> take(int max, Duration patience) throws InterruptedException {
        List<Taken> taken = lanes.take(max, patience);
        if (!taken.isEmpty()) {
            limitUses.store();
        }
        return taken;
    }

    @Override
    public void reserve(String submitter, Collection<JobId> jobs) {
        List<Quotas.Share> shares = access.quotas().of(submitter);
        if (!shares.isEmpty()) {
            lanes.reserve(jobs, submitter, shares);
            limitUses.store();
        }
    }

    @Override
    public void unreserve(Collection<JobId> jobs) {
        lanes.unreserve(jobs);
    }

    @Override
    public void putBack(List<Taken> jobs) {
        lanes.putBack(jobs);
    }

    @Override
    public void forget(List<Taken> jobs) {
        lanes.forget(jobs);
    }

    @Override
    public void begun(JobId id) {
        if (lanes.begun(id)) {
            limitUses.storeInTime();
        }
    }

    @Override
    public void used(JobId id, String unit, double amount) {
        lanes.used(id, unit, amount);
        limitUses.storeInTime();
    }

    @Override
    public boolean rateLimited(JobId id, Instant until) {
        boolean limited = lanes.rateLimited(id, until);
        limitUses.store();
        return limited;
    }

    @Override
    public void paused(QueuePause pause) {
        lanes.paused(pause);
    }

    @Override
    public void resumed(String queue) {
        lanes.resumed(queue);
    }

    @Override
    public List<QueueStatus> queues() {
        return lanes.ask(QueueOverview::queues);
    }

    @Override
    public List<LimitStatus> limits() {
        return lanes.ask(QueueOverview::limits);
    }

    @Override
    public String route(@Nullable String asked, String type) {
        return asked != null ? asked : catalog.current().route(type);
    }

    @Override
    public void wake() {
        lanes.wake();
    }

    @Override
    public int priorityLevels() {
        return settings.current().levels();
    }

    @Override
    public int defaultLevel() {
        return settings.current().defaultLevel();
    }

    @Override
    public List<LaneView> lanes() {
        return lanes.ask(QueueOverview::lanes);
    }

    @Override
    public Optional<LaneView> lane(LaneKey lane, List<ReadyJob> upTo) {
        if (lane.estimated()) {
            lanes.readHead(lane);
        }
        return lanes.ask(overview -> overview.lane(lane, upTo));
    }

    @Override
    public int ahead(LaneKey lane) {
        return lanes.ask(overview -> overview.ahead(lane));
    }

    @Override
    public List<Taken> upcoming(int limit) {
        for (int look = 1; ; look++) {
            List<LaneKey> unread = new ArrayList<>();
            List<Taken> upcoming = lanes.ask(overview -> overview.upcoming(limit, unread::add));
            if (unread.isEmpty() || look == MOST_LOOKS) {
                return upcoming;
            }
            unread.forEach(lanes::readHead);
        }
    }

    @Override
    public List<Finding> examine() {
        return lanes.ask(QueueOverview::findings);
    }
}

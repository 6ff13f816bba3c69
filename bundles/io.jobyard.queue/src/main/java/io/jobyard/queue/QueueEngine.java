// SPDX-License-Identifier: Apache-2.0
package io.jobyard.queue;

import io.jobyard.api.Blocker;
import io.jobyard.api.CanaryStatus;
import io.jobyard.api.Finding;
import io.jobyard.api.JobId;
import io.jobyard.api.LimitEvent;
import io.jobyard.api.LimitStatus;
import io.jobyard.api.Pause;
import io.jobyard.api.PauseTarget;
import io.jobyard.api.QueueStatus;
import io.jobyard.api.StoreException;
import io.jobyard.settings.api.Settings;
import io.jobyard.spi.Examiner;
import io.jobyard.spi.cluster.Hosts;
import io.jobyard.spi.feed.CommitListener;
import io.jobyard.spi.feed.Committed;
import io.jobyard.spi.feed.StoreSnapshot;
import io.jobyard.spi.handlers.HandlerCatalog;
import io.jobyard.spi.jobs.Assignment;
import io.jobyard.spi.jobs.LaneKey;
import io.jobyard.spi.jobs.ReadyJob;
import io.jobyard.spi.jobs.StoredJob;
import io.jobyard.spi.limits.LimitDefinition;
import io.jobyard.spi.limits.LimitKey;
import io.jobyard.spi.limits.LimitStore;
import io.jobyard.spi.limits.Quotas;
import io.jobyard.spi.limits.UseReport;
import io.jobyard.spi.queue.CanaryDecisions;
import io.jobyard.spi.queue.JobAdmission;
import io.jobyard.spi.queue.JobClaims;
import io.jobyard.spi.queue.LaneView;
import io.jobyard.spi.queue.QueueManager;
import io.jobyard.spi.queue.QueueQueries;
import io.jobyard.spi.queue.QueueRules;
import io.jobyard.spi.queue.ReadyLanes;
import io.jobyard.spi.queue.RunLimits;
import io.jobyard.spi.store.ClaimCandidate;
import io.jobyard.spi.store.ClaimResult;
import io.jobyard.spi.store.Futures;
import io.jobyard.spi.store.JobStore;
import io.jobyard.spi.store.StartRule;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.IntSupplier;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The queue without a framework: lanes that the store's commits feed, and the claims from them. */
public class QueueEngine
        implements QueueManager,
                JobClaims,
                JobAdmission,
                RunLimits,
                QueueRules,
                ReadyLanes,
                QueueQueries,
                CanaryDecisions,
                CommitListener,
                Examiner,
                AutoCloseable {

    /** How many jobs of a lane are in memory, usually. */
    public static final int WINDOW = 1_000;

    /** A lane that is read meanwhile by somebody else is told by its place alone. */
    private static final int MOST_LOOKS = 20;

    private final Settings<QueueSettings> settings;
    private final LimitCatalogRegistry catalog;
    private static final Logger LOG = LoggerFactory.getLogger(QueueEngine.class);

    private final JobStore store;
    private final LimitStore limits;
    private final CanaryRollbacks canarySteps;
    private final Lanes lanes;
    private final LimitUseWriter limitUses;
    private final Runnable endOfSettings;
    private final Runnable endOfCatalog;

    /** With at most so many jobs of a lane in memory before it is read on or cut. */
    public QueueEngine(
            Settings<QueueSettings> settings,
            LimitCatalogRegistry catalog,
            Gates gates,
            HandlerCatalog handlers,
            QueueStore store,
            Clock clock,
            int window) {
        this(settings, catalog, gates, handlers, store, clock, window, passed -> {});
    }

    /** The same, with who hears of warning thresholds that are passed. */
    public QueueEngine(
            Settings<QueueSettings> settings,
            LimitCatalogRegistry catalog,
            Gates gates,
            HandlerCatalog handlers,
            QueueStore store,
            Clock clock,
            int window,
            Consumer<LimitEvent> passed) {
        this.settings = settings;
        this.catalog = catalog;
        this.store = store.jobs();
        this.limits = store.limits();
        canarySteps = new CanaryRollbacks(store.audit());
        LaneReader reader = LaneReader.of(store.reads());
        lanes = new Lanes(settings::current, catalog::current, handlers, gates, reader, clock, window);
        lanes.restore(store.limits().uses());
        store.limits().letIn(new SharedSubmissions(catalog::current, lanes));
        limitUses = new LimitUseWriter(lanes, store.limits(), passed);
        endOfSettings = settings.onChange(changed -> wake());
        endOfCatalog = catalog.onChange(lanes::wakeSoon);
    }

    @Override
    public JobClaims claims() {
        return this;
    }

    @Override
    public JobAdmission admission() {
        return this;
    }

    @Override
    public RunLimits runs() {
        return this;
    }

    @Override
    public QueueRules rules() {
        return this;
    }

    @Override
    public ReadyLanes lanes() {
        return this;
    }

    @Override
    public QueueQueries overview() {
        return this;
    }

    @Override
    public CanaryDecisions decisions() {
        return this;
    }

    CanaryRollbacks canarySteps() {
        return canarySteps;
    }

    /** Follows its configuration no more. */
    @Override
    public void close() {
        endOfSettings.run();
        endOfCatalog.run();
    }

    @Override
    public void opened(StoreSnapshot snapshot) {
        catalog.begin(snapshot.definitions());
        lanes.opened(snapshot);
    }

    @Override
    public void hosts(Hosts hosts) {
        lanes.hosts(hosts);
    }

    @Override
    public void committed(List<Committed> changes) {
        lanes.committed(changes);
        limitUses.storeInTime();
        lanes.takeSteps().forEach(canarySteps::tell);
    }

    @Override
    public List<Assignment> claim(IntSupplier room, Duration timeout, StartRule rule) throws InterruptedException {
        takeOver();
        List<ClaimCandidate> taken = lanes.take(room, timeout);
        if (taken.isEmpty()) {
            return List.of();
        }
        List<ClaimCandidate> gone = List.of();
        try {
            limitUses.store();
            ClaimResult claimed = Futures.join(store.claim(taken, rule));
            gone = claimed.gone();
            return ofThisHost(claimed.runs());
        } finally {
            lanes.settle(taken, gone);
        }
    }

    /** Here, and not when it hears of its leadership: that is on a thread of the store. */
    private void takeOver() {
        int begins = lanes.leadership().begins();
        if (begins > 0) {
            lanes.takeOver(begins, limits.uses());
        }
    }

    private List<Assignment> ofThisHost(List<Assignment> runs) {
        UUID self = store.incarnation();
        boolean all = runs.stream().allMatch(run -> self.equals(run.stored().incarnation()));
        return all
                ? runs
                : runs.stream()
                        .filter(run -> self.equals(run.stored().incarnation()))
                        .toList();
    }

    @Override
    public void reserve(String submitter, Collection<JobId> jobs) {
        List<Quotas.Share> shares = catalog.current().quotas().of(submitter);
        if (!shares.isEmpty()) {
            lanes.reserve(jobs, submitter, shares);
            limitUses.store();
        }
    }

    @Override
    public void requireRoom(String submitter) {
        List<Quotas.Share> shares = catalog.current().quotas().of(submitter);
        if (!shares.isEmpty()) {
            lanes.requireRoom(shares);
        }
    }

    @Override
    public List<Blocker> foresee(StoredJob job) {
        return lanes.foresee(job);
    }

    @Override
    public void unreserve(Collection<JobId> jobs) {
        lanes.unreserve(jobs);
    }

    @Override
    public void begun(JobId id) {
        if (lanes.begun(id)) {
            limitUses.storeInTime();
            report(new UseReport.RunBegun(id));
        }
    }

    @Override
    public void used(JobId id, String unit, double amount) {
        if (lanes.used(id, unit, amount)) {
            limitUses.storeInTime();
            report(new UseReport.UnitUsed(id, unit, amount));
        }
    }

    @Override
    public boolean beginCall(JobId id, long number, Map<String, Double> estimate) {
        Lanes.CallStart start = lanes.beginCall(id, number, Demand.of(estimate));
        if (start != Lanes.CallStart.DRAWN) {
            return start == Lanes.CallStart.FREE;
        }
        boolean isStored = false;
        try {
            isStored = lanes.leadership().isLeader()
                    ? Futures.join(limitUses.store())
                    : isReported(new UseReport.CallBegun(id, number, estimate));
            return isStored;
        } finally {
            if (isStored) {
                lanes.makeCall(id, number);
                limitUses.storeInTime();
            } else {
                lanes.endCall(id, number, false);
            }
        }
    }

    private boolean isReported(UseReport report) {
        Futures.join(limits.report(report));
        return true;
    }

    @Override
    public void endCall(JobId id, long number) {
        if (lanes.endCall(id, number, true)) {
            limitUses.storeInTime();
            report(new UseReport.CallEnded(id, number));
        }
    }

    @Override
    public int callsAtOnce(JobId id, List<Map<String, Double>> calls) {
        return lanes.together(id, calls.stream().map(Demand::of).toList());
    }

    @Override
    public void remaining(JobId id, String unit, double left, Instant until) {
        if (lanes.remaining(id, unit, left, until)) {
            limitUses.storeInTime();
            report(new UseReport.UnitLeft(id, unit, left, until));
        }
    }

    @Override
    public boolean isBudgetLow(JobId id, String unit) {
        if (lanes.leadership().isHeld()) {
            return lanes.isBudgetLow(id, unit);
        }
        Map<LimitKey, WarningBudget> budgets =
                lanes.warningBudgets(id, unit).stream().collect(Collectors.toMap(WarningBudget::key, budget -> budget));
        long now = lanes.now();
        return !budgets.isEmpty()
                && limits.uses(budgets.keySet()).stream()
                        .anyMatch(use -> budgets.get(use.key()).isPassed(use, now));
    }

    @Override
    public boolean rateLimited(JobId id, Instant until) {
        boolean limited = lanes.rateLimited(id, until);
        if (limited) {
            limitUses.store();
            report(new UseReport.LimitMet(id, until));
        }
        return limited;
    }

    private void report(UseReport report) {
        if (!lanes.leadership().isLeader()) {
            limits.report(report).exceptionally(fault -> {
                LOG.warn("What job {} uses is not told to the leader: {}", report.job(), fault.getMessage());
                return null;
            });
        }
    }

    @Override
    public void reported(UseReport report) {
        if (report instanceof UseReport.CallBegun call) {
            lanes.madeCall(call.job(), call.number(), Demand.of(call.estimate()));
        } else if (report instanceof UseReport.CallEnded call) {
            lanes.endCall(call.job(), call.number(), true);
        } else if (report instanceof UseReport.UnitLeft left) {
            lanes.remaining(left.job(), left.unit(), left.left(), left.until());
        } else if (report instanceof UseReport.UnitUsed use) {
            lanes.used(use.job(), use.unit(), use.amount());
        } else if (report instanceof UseReport.LimitMet met) {
            lanes.rateLimited(met.job(), met.until());
        } else {
            lanes.begun(report.job());
        }
        limitUses.storeInTime();
    }

    @Override
    public void paused(Pause pause) {
        lanes.paused(pause);
    }

    @Override
    public void resumed(PauseTarget target) {
        lanes.resumed(target);
    }

    @Override
    public void defined(LimitDefinition definition) {
        catalog.defined(definition);
    }

    @Override
    public void requireDefinable(LimitDefinition definition) {
        catalog.requireDefinable(definition);
    }

    @Override
    public List<QueueStatus> queues() {
        return lanes.ask(QueueOverview::queues);
    }

    @Override
    public List<Pause> pauses() {
        return lanes.ask(QueueOverview::pauses);
    }

    @Override
    public List<LimitStatus> limits(Predicate<String> isShown) {
        return lanes.ask(overview -> overview.limits(isShown));
    }

    @Override
    public Set<LaneKey> lanesWithValues() {
        return lanes.ask(QueueOverview::lanesWithValues);
    }

    @Override
    public Map<String, String> limitKeys() {
        return catalog.current().keys();
    }

    @Override
    public List<CanaryStatus> canaries() {
        followCanaries();
        return lanes.ask(QueueOverview::canaries);
    }

    @Override
    public boolean isRolledBack(String type) {
        return lanes.isRolledBack(type);
    }

    @Override
    public boolean hasRolledBack(String type) {
        return lanes.leadership().isHeld()
                ? lanes.isRolledBack(type)
                : limits.uses(Set.of(Canary.key(type))).stream().anyMatch(use -> !use.isNothing());
    }

    /** Only the leader decides that a canary rolls back, and other hosts need not have seen the runs by which it does. */
    private void followCanaries() {
        Set<LimitKey> known = lanes.canariesElsewhere();
        if (!known.isEmpty()) {
            lanes.follow(limits.uses(known));
        }
    }

    @Override
    public String route(@Nullable String asked, String type) {
        return asked != null ? asked : catalog.current().route(type);
    }

    @Override
    public @Nullable Integer runningMax(String limit) {
        LimitSettings configured = catalog.current().limits().get(limit);
        return configured == null ? null : configured.runningMax();
    }

    @Override
    public @Nullable String oversized(
            String type, @Nullable String handlerVersion, Collection<String> named, Map<String, Double> estimate) {
        LaneKey lane = new LaneKey(null, 0, "", type, handlerVersion, List.copyOf(named), true, false);
        return lanes.oversized(lane, Demand.of(estimate));
    }

    @Override
    public Map<String, String> limitKeys(String type, @Nullable String handlerVersion, Collection<String> named) {
        Map<String, String> keys = catalog.current().keys();
        if (keys.isEmpty()) {
            return Map.of();
        }
        LaneKey lane = new LaneKey(null, 0, "", type, handlerVersion, List.copyOf(named), false, false);
        Map<String, String> ofLane = new HashMap<>(keys);
        ofLane.keySet().retainAll(lanes.limits(lane));
        return ofLane;
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
    public List<LaneView> all() {
        return lanes.ask(QueueOverview::lanes);
    }

    @Override
    public Map<String, Long> queuedByType() {
        return lanes.ask(QueueOverview::queuedByType);
    }

    @Override
    public Optional<LaneView> oldestOpen() {
        return lanes.ask(QueueOverview::oldestOpen);
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
    public List<ClaimCandidate> upcoming(int limit) {
        for (int look = 1; ; look++) {
            List<LaneKey> unread = new ArrayList<>();
            List<ClaimCandidate> upcoming = lanes.ask(overview -> overview.upcoming(limit, unread::add));
            if (unread.isEmpty() || look == MOST_LOOKS) {
                return upcoming;
            }
            lanes.readHeads(unread);
        }
    }

    @Override
    public List<Finding> examine() {
        return Stream.of(unreadCanaries(), lanes.ask(QueueOverview::findings), catalog.findings())
                .flatMap(List::stream)
                .toList();
    }

    private List<Finding> unreadCanaries() {
        try {
            followCanaries();
            return List.of();
        } catch (StoreException e) {
            return List.of(new Finding(
                    "canaries",
                    "the host cannot read from the database which of them rolled back: " + e.getMessage(),
                    "make the database available"));
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.jobyard.doubles;

import io.jobyard.api.Blocker;
import io.jobyard.api.CanaryStatus;
import io.jobyard.api.JobId;
import io.jobyard.api.JobStatus;
import io.jobyard.api.LimitStatus;
import io.jobyard.api.Pause;
import io.jobyard.api.PauseTarget;
import io.jobyard.api.QueueStatus;
import io.jobyard.api.QuotaException;
import io.jobyard.spi.feed.CommitListener;
import io.jobyard.spi.feed.Committed;
import io.jobyard.spi.feed.StoreSnapshot;
import io.jobyard.spi.jobs.Assignment;
import io.jobyard.spi.jobs.JobSummary;
import io.jobyard.spi.jobs.LaneCount;
import io.jobyard.spi.jobs.LaneKey;
import io.jobyard.spi.jobs.ReadyJob;
import io.jobyard.spi.jobs.Slots;
import io.jobyard.spi.jobs.StoredJob;
import io.jobyard.spi.limits.LimitDefinition;
import io.jobyard.spi.queue.CanaryQueries;
import io.jobyard.spi.queue.JobAdmission;
import io.jobyard.spi.queue.JobClaims;
import io.jobyard.spi.queue.LaneView;
import io.jobyard.spi.queue.QueueManager;
import io.jobyard.spi.queue.QueueQueries;
import io.jobyard.spi.queue.QueueRules;
import io.jobyard.spi.queue.ReadyLanes;
import io.jobyard.spi.queue.RunLimits;
import io.jobyard.spi.reads.JobReads;
import io.jobyard.spi.store.ClaimCandidate;
import io.jobyard.spi.store.ClaimResult;
import io.jobyard.spi.store.Futures;
import io.jobyard.spi.store.JobStore;
import io.jobyard.spi.store.StartRule;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Every ready job of a store, the oldest first, whatever its lane; and what a test puts there beside them. */
public final class FakeQueueManager
        implements QueueManager,
                JobClaims,
                JobAdmission,
                RunLimits,
                QueueRules,
                ReadyLanes,
                QueueQueries,
                CanaryQueries,
                CommitListener {

    /** Lanes beside those of the store's jobs. */
    public final List<LaneView> lanes = new ArrayList<>();
    /** How often all lanes were asked for, of which there may be hundreds of thousands. */
    public int looks;

    public final List<QueueStatus> queues = new ArrayList<>();
    /** What is first in order; null until a test has set it. */
    public @Nullable List<ClaimCandidate> upcoming;
    /** How many of these were asked for, each time. */
    public final List<Integer> upcomingAsked = new CopyOnWriteArrayList<>();
    /** How many open lanes come before any; null until a test has set it. */
    public @Nullable Integer ahead;
    /** Refuses all submits. */
    public @Nullable QuotaException full;

    /** Refuses all limits and queues that are made. */
    public @Nullable RuntimeException undefinable;

    public final List<Pause> pauses = new ArrayList<>();
    /** What was let in and is not given back. */
    public final List<JobId> reserved = new ArrayList<>();

    /** What would hold any job by the gates. */
    public List<Blocker> foreseen = List.of();

    public final List<CanaryStatus> canaries = new ArrayList<>();
    /** The types to whose canary nothing goes any more. */
    public final Set<String> rolledBack = new HashSet<>();
    /** The same, where only the store says so: another host has decided it. */
    public final Set<String> steppedBackElsewhere = new HashSet<>();
    /** Refuses to read what another host has decided. */
    public @Nullable RuntimeException steppedBackUnread;

    public final Map<JobId, Instant> rateLimited = new HashMap<>();
    public final List<JobId> overloaded = new ArrayList<>();
    /** Of the limits that count values apart, whoever names them. */
    public final Map<String, String> limitKeys = new HashMap<>();

    /** By the names of limits. */
    public final Map<String, Integer> runningMax = new HashMap<>();

    /** Names of limits with a strict order. */
    public final Set<String> strict = new HashSet<>();

    /** The limits that can never give what any job needs, and why. */
    public final Map<String, String> tooSmall = new HashMap<>();
    /** The jobs that are taken to fail, and why. */
    public final Map<JobId, String> faults = new HashMap<>();

    private final TreeSet<ClaimCandidate> ready =
            new TreeSet<>((a, b) -> a.position().compareTo(b.position()));
    private final @Nullable JobStore jobs;
    private final @Nullable JobReads reads;

    /** Without a store: its jobs are none. */
    public FakeQueueManager() {
        jobs = null;
        reads = null;
    }

    /** It hears of the store's jobs once it listens to it. */
    public <S extends JobStore & JobReads> FakeQueueManager(S store) {
        jobs = store;
        reads = store;
    }

    @Override
    public JobClaims claims() {
        return this;
    }

    /** Every job waits for its claim. */
    @Override
    public void startAdmitted(Supplier<Slots> room, StartRule rule, Consumer<List<Assignment>> runs) {}

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
    public CanaryQueries canaries() {
        return this;
    }

    @Override
    public synchronized void opened(StoreSnapshot snapshot) {
        pauses.addAll(snapshot.pauses());
        for (LaneCount lane : snapshot.lanes()) {
            Objects.requireNonNull(reads)
                    .ready(lane.lane(), null, Integer.MAX_VALUE)
                    .forEach(position -> ready.add(taken(lane.lane(), position)));
        }
    }

    @Override
    public synchronized void committed(List<Committed> changes) {
        for (Committed change : changes) {
            JobSummary before = change.before();
            if (before != null && before.status() == JobStatus.QUEUED) {
                ready.remove(taken(before));
            }
            if (change.after().status() == JobStatus.QUEUED) {
                ready.add(taken(change.after()));
            }
        }
    }

    @Override
    public List<Assignment> claim(Supplier<Slots> room, Duration timeout, StartRule rule) {
        List<ClaimCandidate> next = next(room.get().total());
        if (next.isEmpty()) {
            return List.of();
        }
        ClaimResult claimed = Futures.join(Objects.requireNonNull(jobs).claim(next, rule));
        drop(claimed.gone());
        return claimed.runs();
    }

    private synchronized List<ClaimCandidate> next(int max) {
        return ready.stream()
                .limit(max)
                .map(job -> new ClaimCandidate(
                        job.lane(),
                        job.position(),
                        job.queue(),
                        job.elsewhere(),
                        faults.get(job.position().id())))
                .toList();
    }

    @Override
    public boolean isStrict(String limit) {
        return strict.contains(limit);
    }

    @Override
    public @Nullable String oversized(
            String type, @Nullable String handlerVersion, Collection<String> named, Map<String, Double> estimate) {
        return named.stream()
                .map(tooSmall::get)
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }

    private synchronized void drop(List<ClaimCandidate> gone) {
        gone.forEach(ready::remove);
    }

    @Override
    public void begun(JobId id) {
        // there are no limits here
    }

    @Override
    public void used(JobId id, String unit, double amount) {
        // there are no limits here
    }

    @Override
    public void remaining(JobId id, String unit, double left, Instant until) {
        // the same
    }

    /** Each such as {@code 1 tokens=2.0}, in the order in which they began. */
    public final List<String> calls = new CopyOnWriteArrayList<>();

    public final List<Long> callsEnded = new CopyOnWriteArrayList<>();
    /** How many more calls are let through. */
    public int callsLeft = Integer.MAX_VALUE;

    public int callsAtOnce = 1;

    @Override
    public synchronized boolean beginCall(JobId id, long number, Map<String, Double> estimate) {
        if (callsLeft == 0) {
            return false;
        }
        callsLeft--;
        calls.add(number + " " + new TreeMap<>(estimate));
        return true;
    }

    @Override
    public void endCall(JobId id, long number) {
        callsEnded.add(number);
    }

    @Override
    public int callsAtOnce(JobId id, List<Map<String, Double>> all) {
        return Math.min(callsAtOnce, all.size());
    }

    @Override
    public boolean isBudgetLow(JobId id, String unit) {
        return false;
    }

    @Override
    public boolean rateLimited(JobId id, Instant until) {
        rateLimited.put(id, until);
        return false;
    }

    @Override
    public void overloaded(JobId id) {
        overloaded.add(id);
    }

    @Override
    public synchronized void paused(Pause pause) {
        resumed(pause.target());
        pauses.add(pause);
    }

    @Override
    public synchronized void resumed(PauseTarget target) {
        pauses.removeIf(pause -> pause.target().equals(target));
    }

    /** What a test has put there, and the queues that are paused. */
    @Override
    public synchronized List<QueueStatus> queues() {
        List<QueueStatus> all = new ArrayList<>(queues);
        pauses.forEach(pause -> all.add(new QueueStatus(
                pause.target().name(),
                new QueueStatus.QueueJobs(0, null, 0),
                new QueueStatus.QueueBounds(List.of(), null, null, null),
                pause,
                List.of())));
        return all;
    }

    @Override
    public void requireDefinable(LimitDefinition definition) {
        if (undefinable != null) {
            throw undefinable;
        }
    }

    @Override
    public List<Pause> pauses() {
        return List.copyOf(pauses);
    }

    @Override
    public @Nullable Integer runningMax(String limit) {
        return runningMax.get(limit);
    }

    @Override
    public List<LimitStatus> limits(Predicate<String> isShown) {
        return List.of();
    }

    @Override
    public Set<LaneKey> lanesWithValues() {
        return Set.of();
    }

    @Override
    public Map<String, String> limitKeys() {
        return limitKeys;
    }

    @Override
    public List<CanaryStatus> statuses() {
        return List.copyOf(canaries);
    }

    @Override
    public boolean isRolledBack(String type) {
        return rolledBack.contains(type);
    }

    @Override
    public boolean hasRolledBack(String type) {
        if (steppedBackUnread != null) {
            throw steppedBackUnread;
        }
        return rolledBack.contains(type) || steppedBackElsewhere.contains(type);
    }

    @Override
    public int ahead(LaneKey lane) {
        if (ahead == null) {
            throw new Unexpected("ReadyLanes.ahead", "set ahead");
        }
        return ahead;
    }

    @Override
    public String route(@Nullable String asked, String type) {
        return asked != null ? asked : type.startsWith("llm") ? "llm" : "default";
    }

    @Override
    public void wake() {
        // there are no gates here
    }

    @Override
    public int priorityLevels() {
        return 10;
    }

    @Override
    public int defaultLevel() {
        return 5;
    }

    @Override
    public synchronized List<LaneView> all() {
        looks++;
        return views();
    }

    private List<LaneView> views() {
        List<LaneView> views = new ArrayList<>(lanes);
        ready.stream()
                .collect(Collectors.groupingBy(ClaimCandidate::lane))
                .forEach((lane, jobs) -> views.add(new LaneView(
                        lane, "default", jobs.size(), jobs.get(0).position().readyAt(), List.of())));
        return views;
    }

    @Override
    public synchronized Map<String, Long> queuedByType() {
        return views().stream()
                .collect(Collectors.groupingBy(view -> view.lane().type(), Collectors.summingLong(LaneView::queued)));
    }

    @Override
    public synchronized Optional<LaneView> oldestOpen() {
        return views().stream()
                .filter(view -> view.oldest() != null && view.shutBy().isEmpty())
                .min(Comparator.comparing(LaneView::oldest));
    }

    @Override
    public List<ClaimCandidate> upcoming(int limit) {
        if (upcoming == null) {
            throw new Unexpected("ReadyLanes.upcoming", "set upcoming");
        }
        upcomingAsked.add(limit);
        return List.copyOf(upcoming.subList(0, Math.min(limit, upcoming.size())));
    }

    @Override
    public synchronized Optional<LaneView> lane(LaneKey lane, List<ReadyJob> upTo) {
        return views().stream().filter(view -> view.lane().equals(lane)).findFirst();
    }

    private ClaimCandidate taken(JobSummary job) {
        return taken(job.lane(), new ReadyJob(job.readyAt(), job.id(), job.estimate()));
    }

    private ClaimCandidate taken(LaneKey lane, ReadyJob position) {
        return new ClaimCandidate(lane, position, route(lane.queue(), lane.type()));
    }

    @Override
    public void reserve(String submitter, Collection<JobId> jobs) {
        if (full != null) {
            throw full;
        }
        reserved.addAll(jobs);
    }

    @Override
    public void requireRoom(String submitter) {
        if (full != null) {
            throw full;
        }
    }

    @Override
    public List<Blocker> foresee(StoredJob job) {
        return foreseen;
    }

    @Override
    public void unreserve(Collection<JobId> jobs) {
        reserved.removeAll(jobs);
    }

    @Override
    public Map<String, String> limitKeys(String type, @Nullable String handlerVersion, Collection<String> named) {
        return Map.copyOf(limitKeys);
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.jobyard.queue;

import io.jobyard.api.Blocker;
import io.jobyard.api.CanaryStatus;
import io.jobyard.api.JobId;
import io.jobyard.api.LimitEvent;
import io.jobyard.api.Pause;
import io.jobyard.api.PauseTarget;
import io.jobyard.api.QuotaException;
import io.jobyard.spi.cluster.Hosts;
import io.jobyard.spi.feed.Committed;
import io.jobyard.spi.feed.StoreSnapshot;
import io.jobyard.spi.handlers.HandlerCatalog;
import io.jobyard.spi.jobs.LaneKey;
import io.jobyard.spi.jobs.ReadyJob;
import io.jobyard.spi.jobs.StoredJob;
import io.jobyard.spi.limits.LimitKey;
import io.jobyard.spi.limits.LimitUse;
import io.jobyard.spi.limits.NamedLimit;
import io.jobyard.spi.limits.Quotas;
import io.jobyard.spi.store.ClaimCandidate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.IntSupplier;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** All lanes in memory, fed by commits. Safe for use by several threads: one lock, which no read of the store holds. */
final class Lanes {

    private static final int SMALLEST_WINDOW = 2;
    /** So many jobs are worth a question, however many lanes there are. */
    private static final int SMALLEST_REFILL = 16;
    /** A lane that holds so many at most is read with others: to read more than is kept costs less than a question for each. */
    private static final int READ_WHOLE = 128;

    private static final int ALL_WINDOWS = 100_000;
    /** Of all hosts; so many starts in one commit hold up no other for long. */
    private static final int MOST_AT_ONCE = 256;

    /** So many jobs before one are reckoned with when it is foreseen. */
    private static final int MOST_FORESEEN = 1_000;

    /** For so long changes of what is configured are gathered: many files that come together are one look, not one each. */
    static final Duration GATHER = Duration.ofMillis(50);

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final JobsInFlight inFlight = new JobsInFlight();
    private final HostCapacity rooms;
    private final BegunVersions begun;
    private final LeaderTerm leadership = new LeaderTerm();
    private final ParkedLanes parked = new ParkedLanes();
    private final Allowances allowances = new Allowances(parked::moved, leadership::isHeld);
    private final Pauses pauses = new Pauses();
    private final LaneGroups groups;
    private final GateRules rules;
    private final StartOrder order;
    private final QueueOverview overview;
    private final SubmissionQuotas quotas;
    private final CommitFollower follower;
    private final LaneReader reader;
    private final Clock clock;
    private final int window;
    /** Whether a claim that waits has been told that something is configured in another way, and when it looks. */
    private boolean gathers;

    private long looksNanos;

    /** With at most so many jobs of a lane in memory before it is read on or cut. */
    Lanes(
            Supplier<QueueSettings> settings,
            Supplier<LimitCatalog> catalog,
            HandlerCatalog handlers,
            Gates gates,
            LaneReader reader,
            Clock clock,
            int window) {
        this.window = window;
        this.reader = reader;
        this.clock = clock;
        rooms = new HostCapacity(gates, inFlight, allowances);
        begun = new BegunVersions(handlers, rooms, allowances);
        groups = new LaneGroups(allowances, catalog, handlers, rooms, begun, parked);
        rules = new GateRules(groups, gates, rooms, begun, inFlight, pauses);
        order = new StartOrder(settings, groups, rules, inFlight, parked);
        quotas = new SubmissionQuotas(allowances::changed);
        follower = new CommitFollower(order, groups, inFlight, allowances, pauses, quotas, clock, this::windowLimit);
        overview = new QueueOverview(order, rules, allowances, pauses, inFlight);
    }

    /** Goes on from what the store remembers of limits. */
    void restore(List<LimitUse> uses) {
        change(() -> {
            allowances.restore(uses, now());
            quotas.restore(uses);
        });
    }

    void opened(StoreSnapshot snapshot) {
        change(() -> follower.opened(snapshot));
    }

    void committed(List<Committed> changes) {
        change(() -> follower.committed(changes));
    }

    void hosts(Hosts hosts) {
        change(() -> {
            rooms.follow(hosts);
            leadership.follow(hosts.isLeader());
        });
    }

    LeaderTerm leadership() {
        return leadership;
    }

    /** Begins a leadership from what the one before has stored, as after a start of the host, and from what runs have told. */
    void takeOver(int number, List<LimitUse> uses) {
        change(() -> {
            if (leadership.begin(number)) {
                List<LimitUse> counted = allowances.counted();
                inFlight.begin(now());
                allowances.takeOver(uses, counted, now());
                quotas.restore(uses);
                order.forgetTurns();
            }
        });
    }

    /** Lets new jobs in, or throws. */
    void reserve(Collection<JobId> jobs, String submitter, List<Quotas.Share> shares) {
        change(() -> quotas.reserve(jobs, submitter, shares, clock.instant()));
    }

    /** Throws as {@link #reserve} of one more would. */
    void requireRoom(List<Quotas.Share> shares) {
        lock.lock();
        try {
            quotas.requireRoom(shares, clock.instant());
        } finally {
            lock.unlock();
        }
    }

    /** As the store asks. */
    void requireRoom(Quotas.Share share, int more, long untold) {
        lock.lock();
        try {
            quotas.requireStoredRoom(share, more, untold);
        } finally {
            lock.unlock();
        }
    }

    /** As the store asks. */
    QuotaException tooFast(Quotas.Share share, int more, Instant fullAt) {
        lock.lock();
        try {
            return quotas.tooFast(share, more, fullAt, clock.instant());
        } finally {
            lock.unlock();
        }
    }

    void unreserve(Collection<JobId> jobs) {
        change(() -> quotas.unreserve(jobs));
    }

    /** A claim is over: what has not started stands in its lane again, except those that the store did not find there. */
    void settle(List<ClaimCandidate> taken, List<ClaimCandidate> gone) {
        change(() -> giveBack(taken, gone));
    }

    /** The handler of a job is at its first line next; false if the job has drawn on nothing. */
    boolean begun(JobId id) {
        lock.lock();
        try {
            JobInFlight held = inFlight.find(id);
            boolean drawn = held != null && held.begin(now());
            if (drawn) {
                changed.signalAll();
            }
            return drawn;
        } finally {
            lock.unlock();
        }
    }

    /** A run has used more; false if nobody counts that. */
    boolean used(JobId id, String unit, double amount) {
        boolean[] counts = new boolean[1];
        change(() -> {
            JobInFlight held = inFlight.find(id);
            counts[0] = held != null && held.used(unit, amount, now());
        });
        return counts[0];
    }

    /** What comes of a call that a run is to make. */
    enum CallStart {
        REFUSED,
        /** It draws on nothing. */
        FREE,
        DRAWN
    }

    /** A run is to make a call: it draws what that may use, if the limits let it through now. Beyond what the job has only the leader takes. */
    CallStart beginCall(JobId id, long number, Demand call) {
        CallStart[] start = {CallStart.REFUSED};
        change(() -> {
            order.begin(clock.instant()); // by what is configured now
            JobInFlight held = inFlight.find(id);
            if (held == null) {
                return;
            } else if (!held.bindsCalls()) {
                start[0] = CallStart.FREE;
            } else if (held.covers(call, now()) || leadership.isHeld() && held.mayTake(call, now())) {
                held.beginCall(number, call, now());
                start[0] = CallStart.DRAWN;
            }
        });
        return start[0];
    }

    /** What a call of this host draws is stored: it is made next. */
    void makeCall(JobId id, long number) {
        change(() -> {
            JobInFlight held = inFlight.find(id);
            if (held != null) {
                held.makeCall(number, now());
            }
        });
    }

    /** Another host's run makes a call. */
    void madeCall(JobId id, long number, Demand call) {
        change(() -> {
            JobInFlight held = inFlight.find(id);
            if (held != null) {
                held.beginCall(number, call, now());
                held.makeCall(number, now());
            }
        });
    }

    /** A call is over; false if nothing was drawn for it. */
    boolean endCall(JobId id, long number, boolean wasMade) {
        boolean[] isFinished = new boolean[1];
        change(() -> {
            JobInFlight held = inFlight.find(id);
            isFinished[0] = held != null && held.endCall(number, wasMade);
        });
        return isFinished[0];
    }

    /** How many of these calls one start of the job may take. */
    int together(JobId id, List<Demand> calls) {
        lock.lock();
        try {
            JobInFlight held = inFlight.find(id);
            return held == null ? 1 : held.together(calls, now());
        } finally {
            lock.unlock();
        }
    }

    /** The other side has so much left; false if nobody counts that. */
    boolean remaining(JobId id, String unit, double left, Instant until) {
        boolean[] counts = new boolean[1];
        change(() -> {
            JobInFlight held = inFlight.find(id);
            counts[0] = held != null && held.remaining(unit, left, EpochNanos.of(until), now());
        });
        return counts[0];
    }

    /** The budgets of a job of that unit, as far as they have a warning threshold. */
    List<WarningBudget> warningBudgets(JobId id, String unit) {
        lock.lock();
        try {
            order.begin(clock.instant()); // by what is configured now
            JobInFlight held = inFlight.find(id);
            return held == null ? List.of() : held.warningBudgets(unit);
        } finally {
            lock.unlock();
        }
    }

    /** Whether one of these is past its warning threshold, as this host has counted it. */
    boolean isBudgetLow(JobId id, String unit) {
        lock.lock();
        try {
            order.begin(clock.instant());
            JobInFlight held = inFlight.find(id);
            return held != null && held.isBudgetLow(unit, now());
        } finally {
            lock.unlock();
        }
    }

    /** Shuts the limits of a job; false if it has none. */
    boolean rateLimited(JobId id, Instant until) {
        boolean[] limited = new boolean[1];
        change(() -> {
            JobInFlight held = inFlight.find(id);
            limited[0] = held != null && held.shut(EpochNanos.of(until));
        });
        return limited[0];
    }

    /** The limits that such jobs draw on, by name. */
    Collection<String> limits(LaneKey lane) {
        lock.lock();
        try {
            return groups.named(lane);
        } finally {
            lock.unlock();
        }
    }

    /** Why a limit that such jobs draw on could never give so much; null if each could. */
    @Nullable
    String oversized(LaneKey lane, Demand demand) {
        lock.lock();
        try {
            order.begin(clock.instant());
            return groups.named(lane).stream()
                    .map(text -> NamedLimit.parse(text).name())
                    .map(name -> allowances.limit(name, now()).oversized(demand))
                    .filter(Objects::nonNull)
                    .findFirst()
                    .orElse(null);
        } finally {
            lock.unlock();
        }
    }

    void paused(Pause pause) {
        change(() -> follower.paused(pause));
    }

    void resumed(PauseTarget target) {
        change(() -> follower.resumed(target));
    }

    /** How much of limits is used, as far as it has changed since the last call. */
    List<LimitUse> takeLimitUses() {
        lock.lock();
        try {
            return allowances.takeChanged();
        } finally {
            lock.unlock();
        }
    }

    /** The warning thresholds that were passed since the last call; to be taken before the uses with which that is stored. */
    List<LimitEvent> takePassed() {
        lock.lock();
        try {
            return allowances.takePassed();
        } finally {
            lock.unlock();
        }
    }

    /** They could not be stored, and are told with what is stored next. */
    void tellAgain(List<LimitEvent> passed) {
        change(() -> passed.forEach(event -> allowances.tellAgain(event, now())));
    }

    /** The same, where others store it. */
    void forgetLimitUses() {
        lock.lock();
        try {
            allowances.forgetChanged();
        } finally {
            lock.unlock();
        }
    }

    /** Whether the canary of a type rolled back. Takes no lock. */
    boolean isRolledBack(String type) {
        return allowances.isRolledBack(type);
    }

    /** What the store keeps of canaries, unless this host leads. */
    Set<LimitKey> canariesElsewhere() {
        lock.lock();
        try {
            return leadership.isHeld()
                    ? Set.of()
                    : allowances.canaries().stream().map(Canary::key).collect(Collectors.toSet());
        } finally {
            lock.unlock();
        }
    }

    /** Takes over what the leader stored of canaries, unless this host leads by now. */
    void follow(List<LimitUse> canaries) {
        change(() -> {
            if (!leadership.isHeld()) {
                allowances.restoreCanaries(canaries);
            }
        });
    }

    /** These could not be stored; those that nothing follows are stored with what is stored next. */
    void storeAgain(List<LimitUse> uses) {
        change(() -> allowances.storeAgain(uses));
    }

    /** The canaries that have rolled back since the last call. */
    List<CanaryStatus> takeSteps() {
        lock.lock();
        try {
            return allowances.takeSteps();
        } finally {
            lock.unlock();
        }
    }

    /** What is configured has changed: a claim looks soon, at all that changes until then; one that looks before sees it too. */
    void wakeSoon() {
        lock.lock();
        try {
            if (!gathers) {
                gathers = true;
                looksNanos = System.nanoTime() + GATHER.toNanos();
                changed.signalAll();
            }
        } finally {
            lock.unlock();
        }
    }

    void wake() {
        change(() -> {});
    }

    /** As many as the hosts have room for, this one so much; waits until there is one. */
    List<ClaimCandidate> take(IntSupplier room, Duration timeout) throws InterruptedException {
        List<ClaimCandidate> taken = new ArrayList<>();
        long end = System.nanoTime() + timeout.toNanos();
        lock.lockInterruptibly();
        try {
            while (true) {
                gathers = false;
                boolean over = leadership.begins() > 0 || leadership.isHeld() && takeReady(taken, room.getAsInt());
                long left = end - System.nanoTime();
                if (over || !taken.isEmpty() || left <= 0) {
                    return taken;
                }
                if (!gathers) { // it is told so while a lane is read on, too
                    changed.awaitNanos(Math.min(left, untilNextOpens()));
                }
                if (gathers) {
                    changed.awaitNanos(looksNanos - System.nanoTime()); // other news end it
                }
            }
        } finally {
            lock.unlock();
        }
    }

    /** Answers from the lanes as they are at one moment. */
    <T> T ask(Function<QueueOverview, T> question) {
        lock.lock();
        int left = rooms.begin(1); // of a claim that waits for the store meanwhile
        try {
            order.look(clock.instant());
            return question.apply(overview);
        } finally {
            rooms.begin(left);
            lock.unlock();
        }
    }

    /** What would hold a job if it were ready now: behind all jobs of its lane, unless it has its place already. */
    List<Blocker> foresee(StoredJob job) {
        LaneKey lane = LaneKey.of(job);
        Instant readyAt = job.books().readyAt();
        ReadyJob position = new ReadyJob(
                readyAt == null ? Instant.MAX : readyAt,
                job.id(),
                job.job().terms().demand().estimate());
        List<ReadyJob> upTo = new ArrayList<>();
        reader.read(lane, null, MOST_FORESEEN).stream()
                .takeWhile(before -> before.compareTo(position) < 0)
                .forEach(upTo::add);
        upTo.add(position);
        return ask(overview -> overview.foresee(lane, upTo));
    }

    /** Reads the first jobs of a lane if only the store has them: an estimate of its head may hold it. */
    void readHead(LaneKey key) {
        lock.lock();
        try {
            Lane lane = order.find(key);
            if (lane != null && lane.needsRefill() && !lane.isRefilling()) {
                refill(lane, new ArrayList<>());
            }
        } finally {
            lock.unlock();
        }
    }

    /** The same of several lanes. Those that hold few jobs are read at once. */
    void readHeads(Collection<LaneKey> keys) {
        lock.lock();
        try {
            refillTogether(keys.stream()
                    .map(order::find)
                    .filter(lane -> lane != null && lane.needsRefill() && !lane.isRefilling())
                    .filter(lane -> lane.queued() <= READ_WHOLE)
                    .distinct()
                    .toList());
        } finally {
            lock.unlock();
        }
        keys.forEach(this::readHead);
    }

    private long untilNextOpens() {
        long opens = rules.opensNext();
        return opens == EpochNanos.NEVER ? EpochNanos.NEVER : Math.max(1, opens - now());
    }

    long now() {
        return EpochNanos.of(clock.instant());
    }

    /** True if there is no room, and whoever asks hears first of it when there is. */
    private boolean takeReady(List<ClaimCandidate> taken, int here) {
        Instant now = clock.instant();
        rooms.begin(here);
        boolean full = here <= 0 && rooms.isAlone();
        while (leadership.isHeld() && rooms.any() && taken.size() < Math.max(here, MOST_AT_ONCE)) {
            StartOrder.Choice choice = order.next(now);
            if (choice == null) {
                if (passOver(taken)) {
                    continue;
                }
                return full;
            }
            Lane lane = choice.lane();
            if (lane.isRefilling()) {
                return full; // another thread reads on, and will wake this one
            }
            if (lane.needsRefill()) {
                refill(lane, taken);
            } else {
                take(choice, taken);
            }
        }
        return full;
    }

    /** Looks behind the heads that can never start; those that are to fail for it are taken to fail. False if there are none. */
    private boolean passOver(List<ClaimCandidate> taken) {
        boolean isPassed = false;
        for (Lane lane : order.oversized()) {
            Allowance by = rules.oversizedBy(lane, lane.demand());
            String fault = by != null && by.settings().failsOversized() ? by.oversized(lane.demand()) : null;
            if (fault == null) {
                isPassed |= lane.passOver();
            } else {
                ClaimCandidate job =
                        new ClaimCandidate(lane.key, lane.take(), lane.group.queue().name, null, "estimate " + fault);
                inFlight.add(new JobInFlight(job, lane.group.queue().allows, limits(lane), lane.shares()));
                taken.add(job);
                isPassed = true;
            }
        }
        return isPassed;
    }

    private void take(StartOrder.Choice choice, List<ClaimCandidate> taken) {
        Lane lane = choice.lane();
        Demand demand = lane.demand();
        ReadyJob position = lane.take();
        String queue = lane.group.queue().name;
        JobInFlight onItsWay = inFlight.find(position.id());
        if (onItsWay == null) {
            LaneKey by = begun.resolve(lane.key);
            ClaimCandidate job = new ClaimCandidate(
                    lane.key, position, queue, rooms.choose(by, rules.now()), null, by.handlerVersion());
            JobInFlight held = new JobInFlight(job, lane.group.queue().allows, limits(lane), lane.shares());
            held.take(demand, rules.now());
            inFlight.add(held);
            taken.add(job);
            order.served(choice);
        } else if (!onItsWay.taken.lane().equals(lane.key)) {
            inFlight.moved(
                    new ClaimCandidate(lane.key, position, queue)); // the other lane handed it out, which it had left
        }
        order.dropIfEmpty(lane);
    }

    private List<Allowance> limits(Lane lane) {
        List<Allowance> ofGroup = groups.limits(lane.group);
        return lane.values().isEmpty()
                ? ofGroup
                : Stream.concat(ofGroup.stream(), lane.values().stream()).toList();
    }

    private void refill(Lane lane, List<ClaimCandidate> taken) {
        int limit = refillLimit();
        ReadyJob after = lane.beginRefill();
        List<ReadyJob> read = null;
        lock.unlock();
        try {
            read = reader.read(lane.key, after, limit);
        } finally {
            lock.lock();
            endRefill(lane, read, limit, taken);
        }
    }

    private void refillTogether(List<Lane> lanes) {
        if (lanes.isEmpty()) {
            return;
        }
        int limit = refillLimit();
        Map<LaneKey, ReadyJob> after = new HashMap<>();
        lanes.forEach(lane -> after.put(lane.key, Objects.requireNonNull(lane.beginRefill())));
        Map<LaneKey, List<ReadyJob>> read = null;
        lock.unlock();
        try {
            read = reader.read(after);
        } finally {
            lock.lock();
            for (Lane lane : lanes) {
                List<ReadyJob> all = read == null ? null : read.getOrDefault(lane.key, List.of());
                List<ReadyJob> kept = all == null || all.size() <= limit ? all : all.subList(0, limit);
                endRefill(lane, kept, limit, new ArrayList<>());
            }
        }
    }

    private void endRefill(Lane lane, @Nullable List<ReadyJob> read, int limit, List<ClaimCandidate> taken) {
        if (read != null) {
            lane.endRefill(read, read.size() == limit);
            order.dropIfEmpty(lane);
        } else {
            lane.abandonRefill();
            giveBack(taken, List.of());
            taken.clear();
        }
        changed.signalAll();
    }

    private void giveBack(List<ClaimCandidate> taken, List<ClaimCandidate> gone) {
        for (ClaimCandidate job : taken) {
            JobInFlight held = inFlight.notStarted(job);
            if (held != null && held.moved() != null) {
                requeue(held.moved());
            } else if (held != null && !gone.contains(job)) {
                requeue(job);
            }
        }
    }

    /** Lets a job be taken again, if its lane is still there. */
    private void requeue(ClaimCandidate job) {
        Lane lane = order.find(job.lane());
        if (lane != null) {
            lane.arrived(job.position(), windowLimit());
        }
    }

    private int refillLimit() {
        return Math.min(window, Math.max(SMALLEST_REFILL, windowLimit()));
    }

    private int windowLimit() {
        return Math.max(
                Math.min(SMALLEST_WINDOW, window),
                Math.min(window, ALL_WINDOWS / Math.max(1, order.all().size())));
    }

    private void change(Runnable work) {
        lock.lock();
        try {
            work.run();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }
}

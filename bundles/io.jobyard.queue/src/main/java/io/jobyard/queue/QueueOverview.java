// SPDX-License-Identifier: Apache-2.0
package io.jobyard.queue;

import io.jobyard.api.Blocker;
import io.jobyard.api.CanaryStatus;
import io.jobyard.api.Finding;
import io.jobyard.api.Job;
import io.jobyard.api.LimitEvent;
import io.jobyard.api.LimitStatus;
import io.jobyard.api.Pause;
import io.jobyard.api.QueueStatus;
import io.jobyard.api.Remedy;
import io.jobyard.spi.jobs.LaneKey;
import io.jobyard.spi.jobs.ReadyJob;
import io.jobyard.spi.limits.LimitKind;
import io.jobyard.spi.limits.NamedLimit;
import io.jobyard.spi.limits.Rate;
import io.jobyard.spi.queue.LaneView;
import io.jobyard.spi.store.ClaimCandidate;
import io.jobyard.spi.text.Glob;
import io.jobyard.spi.text.ShownTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What can be seen of lanes, queues and limits, from the rules that decide. Guarded by the lock of {@link Lanes}. */
final class QueueOverview {

    /** So many budgets whose warning threshold is passed are told one by one. */
    private static final int MOST_PASSED = 10;

    private final StartOrder order;
    private final GateRules rules;
    private final Allowances allowances;
    private final Pauses pauses;
    private final JobsInFlight inFlight;

    QueueOverview(StartOrder order, GateRules rules, Allowances allowances, Pauses pauses, JobsInFlight inFlight) {
        this.inFlight = inFlight;
        this.pauses = pauses;
        this.order = order;
        this.rules = rules;
        this.allowances = allowances;
    }

    /** Lanes of a group are held alike, unless by an estimate: what holds them is told once. */
    List<LaneView> lanes() {
        Map<LaneGroup, List<Blocker>> shutBy = new IdentityHashMap<>();
        return order.all().stream()
                .filter(lane -> lane.queued() > 0)
                .map(lane -> view(
                        lane,
                        lane.demand(),
                        lane.key.estimated()
                                        || !lane.shares().isEmpty()
                                        || !lane.values().isEmpty()
                                ? rules.shutBy(lane, lane.demand())
                                : shutBy.computeIfAbsent(lane.group, group -> rules.shutBy(lane, lane.demand()))))
                .toList();
    }

    Map<String, Long> queuedByType() {
        Map<String, Long> queued = new HashMap<>();
        order.groups()
                .filter(group -> group.queued() > 0)
                .forEach(group -> queued.merge(group.key.type(), group.queued(), Long::sum));
        return queued;
    }

    Optional<LaneView> oldestOpen() {
        return Optional.ofNullable(order.oldestOpen()).map(lane -> view(lane, lane.demand(), List.of()));
    }

    Optional<LaneView> lane(LaneKey key, List<ReadyJob> upTo) {
        return Optional.ofNullable(order.find(key))
                .map(lane -> view(lane, upTo.isEmpty() ? lane.demand() : rules.demandOf(lane, upTo)));
    }

    /** What would hold the last of these if it stood in that lane behind the others. */
    List<Blocker> foresee(LaneKey key, List<ReadyJob> upTo) {
        Lane lane = order.lane(key);
        List<Blocker> shutBy = view(lane, rules.demandOf(lane, upTo)).shutBy();
        order.dropIfEmpty(lane);
        return shutBy;
    }

    /** How many open lanes come before one. */
    int ahead(LaneKey key) {
        Lane lane = order.find(key);
        return lane == null ? 0 : order.ahead(lane);
    }

    List<ClaimCandidate> upcoming(int limit, Consumer<LaneKey> unread) {
        return order.upcoming(limit, unread);
    }

    private LaneView view(Lane lane, Demand demand) {
        return view(lane, demand, rules.shutBy(lane, demand));
    }

    private LaneView view(Lane lane, Demand demand, List<Blocker> byRules) {
        List<Blocker> shutBy = new ArrayList<>(byRules);
        shutBy.addAll(order.keptFrom(lane, demand));
        return new LaneView(
                lane.key,
                lane.group.queue().name,
                lane.queued(),
                lane.hasNext() ? lane.head().readyAt() : null,
                shutBy);
    }

    /** Those of types, limits, users and all jobs that are in force. */
    List<Pause> pauses() {
        return pauses.all().stream()
                .filter(pause -> pause.until() == null || EpochNanos.of(pause.until()) > rules.now())
                .sorted(Comparator.comparing(pause -> pause.target().text()))
                .toList();
    }

    List<QueueStatus> queues() {
        allowances.queue(Job.DEFAULT_QUEUE, rules.now());
        Map<NamedQueue, Long> queued = new HashMap<>();
        Map<NamedQueue, Instant> oldest = new HashMap<>();
        order.groups().forEach(group -> {
            queued.merge(group.queue(), group.queued(), Long::sum);
            Instant first = group.oldest();
            if (first != null) {
                oldest.merge(group.queue(), first, (a, b) -> a.isBefore(b) ? a : b);
            }
        });
        return allowances.queues().stream()
                .map(queue -> status(queue, queued.getOrDefault(queue, 0L), oldest.get(queue)))
                .filter(this::isWorthShowing)
                .toList();
    }

    private boolean isWorthShowing(QueueStatus queue) {
        return queue.name().equals(Job.DEFAULT_QUEUE)
                || queue.bounds().source() != null
                || queue.jobs().queued() > 0
                || queue.jobs().running() > 0
                || queue.pause() != null;
    }

    private QueueStatus status(NamedQueue queue, long queued, @Nullable Instant oldest) {
        List<Blocker> shutBy = new ArrayList<>(queue.pausedBy(rules.now()));
        shutBy.addAll(queue.allows.shutBy(Demand.ONE, rules.now()));
        NamedQueueSettings settings = queue.settings();
        Rate rate = settings.rate();
        return new QueueStatus(
                queue.name,
                new QueueStatus.QueueJobs(queued, oldest == null ? null : age(oldest), queue.allows.running()),
                new QueueStatus.QueueBounds(
                        settings.types().stream().map(Glob::text).toList(),
                        queue.allows.most(),
                        rate == null ? null : rate.toString(),
                        allowances.catalog().sourceOfQueue(queue.name)),
                queue.pause(rules.now()),
                shutBy);
    }

    /** Those that jobs have which are ready, or hold a place. */
    Set<LaneKey> lanesWithValues() {
        return Stream.concat(
                        order.all().stream().filter(lane -> lane.queued() > 0).map(lane -> lane.key), inFlight.lanes())
                .filter(lane -> lane.limits().stream()
                        .anyMatch(text -> NamedLimit.parse(text).hasValue()))
                .collect(Collectors.toSet());
    }

    List<LimitStatus> limits(Predicate<String> isShown) {
        Map<Allowance, Long> queued = queuedByLimit();
        return allowances.limits().stream()
                .map(limit -> status(limit, queued, isShown))
                .filter(limit -> limit.source() != null
                        || limit.jobs().running() > 0
                        || limit.jobs().queued() > 0)
                .toList();
    }

    private LimitStatus status(Allowance limit, Map<Allowance, Long> queued, Predicate<String> isShown) {
        LimitStatus all = apart(limit, queued);
        if (!allowances.catalog().hasValues(limit.name)) {
            return all;
        }
        Collection<Allowance> values = allowances.values(limit.name);
        List<LimitStatus> some = values.stream()
                .filter(value -> isShown.test(value.name))
                .sorted(Comparator.<Allowance>comparingLong(value -> -value.running() - queued.getOrDefault(value, 0L))
                        .thenComparing(value -> value.name))
                .limit(LimitStatus.MOST_VALUES)
                .map(value -> apart(value, queued))
                .toList();
        LimitStatus.LimitJobs own = all.jobs();
        return new LimitStatus(
                all.name(),
                new LimitStatus.LimitJobs(
                        own.queued()
                                + values.stream()
                                        .mapToLong(value -> queued.getOrDefault(value, 0L))
                                        .sum(),
                        own.running()
                                + values.stream().mapToInt(Allowance::running).sum(),
                        own.slots() + values.stream().mapToInt(Allowance::taken).sum()),
                all.runningMax(),
                all.rates(),
                all.shutBy(),
                new LimitStatus.CountedValues(limit.settings().key(), values.size(), some),
                all.source());
    }

    private LimitStatus apart(Allowance limit, Map<Allowance, Long> queued) {
        return new LimitStatus(
                limit.name,
                new LimitStatus.LimitJobs(queued.getOrDefault(limit, 0L), limit.running(), limit.taken()),
                limit.most(),
                limit.buckets().stream().map(bucket -> rate(limit, bucket)).toList(),
                limit.shutBy(Demand.USUAL, rules.now()),
                LimitStatus.CountedValues.NONE,
                allowances.catalog().sourceOfLimit(limit.name));
    }

    private LimitStatus.Rate rate(Allowance limit, Bucket bucket) {
        Rate rate = bucket.rate();
        return new LimitStatus.Rate(
                bucket.unit,
                rate.pace(),
                rate.burst(),
                bucket.level(rules.now()),
                bucket.fullAt() <= rules.now() ? null : EpochNanos.instant(bucket.fullAt()),
                rate.warningPercent(),
                bucket.warningPassed(limit.kind, limit.name, rules.now()) != null);
    }

    List<CanaryStatus> canaries() {
        return allowances.canaries().stream()
                .filter(Canary::isConfigured)
                .map(Canary::status)
                .toList();
    }

    /**
     * What holds ready jobs: limits that nobody has configured, budgets that are too small, types that fail. And budgets whose
     * warning threshold is passed, and canaries that rolled back.
     */
    List<Finding> findings() {
        return Stream.of(unconfigured(), tooSmall(), failing(), warningPassed(), rolledBack())
                .flatMap(findings -> findings)
                .toList();
    }

    private Stream<Finding> failing() {
        return allowances.circuits().stream()
                .filter(Circuit::holds)
                .map(circuit -> new Finding(
                                "type " + circuit.gate.name,
                                "too many of its attempts failed: " + holds(circuit.gate.shutUntil()),
                                "look at its jobs and what became of them; it opens by itself when attempts complete")
                        .with(Remedy.Kind.JOBS_OF_TYPE.of(circuit.gate.name), Remedy.Kind.JOB_HISTORY.any()));
    }

    private String holds(long shutUntil) {
        return shutUntil > rules.now()
                ? "nothing of it starts before " + ShownTime.of(EpochNanos.instant(shutUntil))
                        + ", and then some are tried"
                : "some are tried, and all start again when these complete";
    }

    private Stream<Finding> rolledBack() {
        return canaries().stream()
                .filter(canary -> canary.rolledBackAt() != null)
                .map(canary -> new Finding(
                                "type " + canary.type(),
                                "its canary " + canary.share().versions() + " rolled back at "
                                        + ShownTime.of(canary.rolledBackAt())
                                        + ", too many of its runs failed: all jobs go to other versions",
                                "look at what failed; change a key of the canary in etc/io.jobyard.types-"
                                        + canary.type() + ".cfg to try again, or take its keys out")
                        .with(Remedy.Kind.JOBS_OF_TYPE.of(canary.type()), Remedy.Kind.JOB_HISTORY.any()));
    }

    private Stream<Finding> unconfigured() {
        Map<Allowance, Long> queued = queuedByLimit();
        return allowances.limits().stream()
                .filter(limit -> !isConfigured(limit) && queued.getOrDefault(limit, 0L) > 0)
                .map(limit -> new Finding(
                        "limit " + limit.name,
                        "it has no configuration, and ready jobs that draw on it wait: " + queued.get(limit),
                        "write etc/" + LimitSettings.FACTORY + "-" + limit.name + ".cfg, or cancel the jobs"));
    }

    private Stream<Finding> tooSmall() {
        return order.groups().flatMap(QueueOverview::tooSmall).distinct();
    }

    /** Unless jobs say how much they need, all of a group need the same: each allowance is looked at once. */
    private static Stream<Finding> tooSmall(LaneGroup group) {
        if (group.key.estimated()) {
            return group.lanes.stream().flatMap(QueueOverview::tooSmall);
        }
        Set<Allowance> drawnOn = new LinkedHashSet<>(group.oldest() == null ? List.of() : group.limits());
        for (Lane lane : group.lanes) {
            if (lane.hasNext()) {
                drawnOn.addAll(lane.values());
                drawnOn.addAll(lane.shares());
            }
        }
        return drawnOn.stream().flatMap(allowance -> tooSmall(allowance, Demand.USUAL));
    }

    /** Those of its jobs that were passed over, and its head. */
    private static Stream<Finding> tooSmall(Lane lane) {
        Stream<Demand> passedOver = lane.oversized().stream().map(job -> Demand.of(job.estimate()));
        Stream<Demand> head = lane.hasNext() ? Stream.of(lane.demand()) : Stream.empty();
        return Stream.concat(passedOver, head)
                .flatMap(demand -> drawnOn(lane).flatMap(allowance -> tooSmall(allowance, demand)));
    }

    private static Stream<Allowance> drawnOn(Lane lane) {
        return Stream.of(lane.group.limits(), lane.values(), lane.shares()).flatMap(List::stream);
    }

    private static Stream<Finding> tooSmall(Allowance share, Demand demand) {
        return Stream.concat(tooFewSlots(share, share.slots(demand)), tooSmallBudget(share, share.drawnBy(demand)));
    }

    private static Stream<Finding> tooFewSlots(Allowance limit, int slots) {
        return limit.canHave(slots)
                ? Stream.empty()
                : Stream.of(new Finding(
                                "limit " + told(limit),
                                "a ready job takes " + slots + " slots, and running.max is "
                                        + limit.settings().runningMax() + ": it can never start",
                                "raise running.max, or cancel the job, which the gate limit holds")
                        .with(Remedy.Kind.EXPLAIN_JOB.any()));
    }

    private static Stream<Finding> tooSmallBudget(Allowance share, Demand demand) {
        return share.buckets().stream()
                .filter(bucket -> bucket.rate().isBudget()
                        && demand.of(bucket.unit) > bucket.rate().amount())
                .map(bucket -> new Finding(
                                budgetOf(share.kind.text(), told(share)),
                                "a ready job needs " + bucket.unit + " = " + Rate.text(demand.of(bucket.unit))
                                        + ", and the whole budget is " + bucket.rate() + ": it can never start",
                                "raise the budget in the configuration of the " + share.kind.text()
                                        + ", or cancel the job, which the gate " + share.kind.text() + " holds")
                        .with(Remedy.Kind.EXPLAIN_JOB.any()));
    }

    /** Without its value, which may be nothing for whoever asks the doctor. */
    private static String told(Allowance allowance) {
        return allowance.kind == LimitKind.LIMIT
                ? NamedLimit.parse(allowance.name).name()
                : allowance.name;
    }

    private Stream<Finding> warningPassed() {
        List<LimitEvent> passed = allowances
                .budgeted()
                .flatMap(allowance -> allowance.warningPassed(rules.now()))
                .sorted(Comparator.comparing(LimitEvent::kind).thenComparing(LimitEvent::name))
                .toList();
        Stream<Finding> some = passed.stream().limit(MOST_PASSED).map(QueueOverview::warningPassed);
        int more = passed.size() - MOST_PASSED;
        return more <= 0
                ? some
                : Stream.concat(
                        some,
                        Stream.of(Finding.note(
                                        "budgets",
                                        "the warning threshold of " + more + " more budgets is passed",
                                        "look at the limits, and at who uses how much")
                                .with(Remedy.Kind.LIMITS.any(), Remedy.Kind.USAGE.any())));
    }

    private static Finding warningPassed(LimitEvent passed) {
        boolean isLimit = passed.kind().equals(LimitKind.LIMIT.text());
        String name = isLimit ? NamedLimit.parse(passed.name()).name() : passed.name();
        return Finding.note(
                        budgetOf(passed.kind(), name),
                        "its warning threshold is passed: " + passed.unit() + " " + Rate.text(passed.used()) + " of "
                                + passed.budget() + " used since " + ShownTime.of(passed.since()),
                        "see who uses it; nothing is held, and the next period begins " + ShownTime.of(passed.until()))
                .with(Remedy.Kind.USAGE.any());
    }

    private static String budgetOf(String kind, String name) {
        return "budget of " + (kind.equals(LimitKind.LIMIT.text()) ? "limit " : "") + name;
    }

    private boolean isConfigured(Allowance limit) {
        return allowances.catalog().limits().containsKey(limit.name);
    }

    private Map<Allowance, Long> queuedByLimit() {
        Map<Allowance, Long> queued = new HashMap<>();
        order.groups().forEach(group -> {
            group.limits().forEach(limit -> queued.merge(limit, group.queued(), Long::sum));
            if (group.isPool) {
                group.lanes.forEach(
                        lane -> lane.values().forEach(value -> queued.merge(value, lane.queued(), Long::sum)));
            }
        });
        return queued;
    }

    /** None for what became ready before the clock was set back. */
    private Duration age(Instant ready) {
        Duration age = Duration.between(ready, EpochNanos.instant(rules.now()));
        return age.isNegative() ? Duration.ZERO : age;
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.jobyard.queue;

import io.jobyard.api.LimitEvent;
import io.jobyard.spi.handlers.TypeRules;
import io.jobyard.spi.limits.LimitKey;
import io.jobyard.spi.limits.LimitKind;
import io.jobyard.spi.limits.LimitUse;
import io.jobyard.spi.limits.NamedLimit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Allowances of all queues and limits that are configured or used. Guarded by the lock of {@link Lanes}. */
final class Allowances {

    private final Map<String, Allowance> limits = new TreeMap<>();
    private final Map<String, LimitValues> values = new TreeMap<>();
    private final Consumer<Allowance> moved;
    private final Map<String, NamedQueue> queues = new TreeMap<>();
    private final Map<String, Allowance> shares = new TreeMap<>();
    private final Map<String, Circuit> circuits = new TreeMap<>();
    /** Latest usage of each limit that is not stored yet. */
    private final Map<LimitKey, LimitUse> changed = new LinkedHashMap<>();

    /** Latest levels of adaptive limits that are to be stored within a second. */
    private final Map<LimitKey, LimitUse> levels = new LinkedHashMap<>();

    /** Exceeded warning thresholds that were not reported yet. */
    private final List<LimitEvent> passed = new ArrayList<>();

    /** Jobs that have started and have not ended. */
    final StartedJobs started = new StartedJobs();

    private LimitCatalog followed = LimitCatalog.EMPTY;
    private int threads;

    /**
     * Creates the allowances.
     *
     * @param moved receives an allowance that may have opened
     */
    Allowances(Consumer<Allowance> moved) {
        this.moved = moved;
    }

    LimitCatalog catalog() {
        return followed;
    }

    /** Applies a new catalog. Drawn amounts and running jobs are kept. */
    void follow(LimitCatalog next, long now) {
        followed = next;
        next.limits().keySet().forEach(name -> limit(new NamedLimit(name, ""), now));
        next.queues().keySet().forEach(name -> queue(name, now));
        limits.values().forEach(limit -> limit.follow(next.limit(limit.name), now));
        values.forEach((name, ofLimit) -> ofLimit.follow(next.limit(name), now));
        queues.values().forEach(queue -> follow(queue, now));
        queues.values().removeIf(NamedQueue::isIdle);
        shares.values().forEach(share -> share.follow(next.share(share.name), now));
        shares.values().removeIf(Allowance::isIdle);
    }

    /** Returns the allowance of a limit, or of one of its values. */
    Allowance limit(NamedLimit named, long now) {
        return named.hasValue()
                ? values.computeIfAbsent(named.name(), name -> new LimitValues(followed.limit(name), this, moved))
                        .value(named, now)
                : limits.computeIfAbsent(named.name(), name -> {
                    Allowance limit = new NamedLimitAllowance(named, this, moving -> {});
                    limit.follow(followed.limit(name), now);
                    return limit;
                });
    }

    /**
     * Returns the allowances of a limit that a job uses.
     *
     * @param hasBegun whether the job has begun, so that a strict order does not block it
     */
    Stream<Allowance> limits(NamedLimit named, boolean hasBegun, long now) {
        Allowance limit = limit(named, now);
        StrictOrder order = !hasBegun && limit instanceof NamedLimitAllowance value ? value.order() : null;
        return order == null ? Stream.of(limit) : Stream.of(limit, order);
    }

    StrictOrder order(NamedLimit value) {
        return started.order(value, () -> new StrictOrder(value, this, started, moved));
    }

    NamedQueue queue(String name, long now) {
        return queues.computeIfAbsent(name, fresh -> {
            NamedQueue queue = new NamedQueue(fresh, new QueueAllowance(fresh, this));
            follow(queue, now);
            return queue;
        });
    }

    private void follow(NamedQueue queue, long now) {
        queue.follow(followed.queue(queue.name), followed.defined().queues().contains(queue.name), now);
    }

    List<Allowance> shares(String submitter, long now) {
        return followed.quotas().of(submitter).stream()
                .filter(share -> followed.share(share.name()) != LimitSettings.UNBOUNDED)
                .map(share -> share(share.name(), now))
                .toList();
    }

    private Allowance share(String name, long now) {
        return shares.computeIfAbsent(name, fresh -> {
            Allowance share = new ShareAllowance(fresh, this);
            share.follow(followed.share(fresh), now);
            return share;
        });
    }

    /** Applies the configuration of types. */
    void follow(Map<String, TypeRules> types, long now) {
        types.forEach((type, rules) -> {
            if (rules.circuit() != null) {
                circuits.computeIfAbsent(type, this::circuit);
            }
        });
        circuits.forEach((type, circuit) ->
                circuit.follow(types.getOrDefault(type, TypeRules.NONE).circuit(), now));
        circuits.values().removeIf(Circuit::isIdle);
    }

    private Circuit circuit(String type) {
        return new Circuit(type, this);
    }

    /** Returns the circuit that may block the jobs of a type; null if the type has none. */
    @Nullable
    Circuit circuitOf(String type) {
        Circuit circuit = circuits.get(type);
        return circuit == null || !circuit.isConfigured() ? null : circuit;
    }

    Collection<Circuit> circuits() {
        return circuits.values();
    }

    Collection<Allowance> limits() {
        return limits.values();
    }

    /** Returns the known values of a limit. */
    Collection<? extends Allowance> values(String name) {
        LimitValues known = values.get(name);
        return known == null ? List.of() : known.all();
    }

    Collection<NamedQueue> queues() {
        return queues.values();
    }

    /** Restores the stored usage. */
    void restore(List<LimitUse> uses, long now) {
        for (LimitUse use : uses) {
            Allowance drawn = find(use.key(), now);
            if (drawn != null) {
                drawn.restore(use, now);
            }
        }
    }

    /** Returns the allowance of a key; null for canaries and for quotas of submitters, which have no allowance. */
    private @Nullable Allowance find(LimitKey key, long now) {
        String name = key.name();
        return switch (key.kind()) {
            case LIMIT -> limit(NamedLimit.parse(name), now);
            case QUEUE -> queue(name, now).allows;
            case ROLE -> share(name, now);
            case CIRCUIT -> circuits.computeIfAbsent(name, this::circuit);
            case CANARY, SUBMISSION -> null;
        };
    }

    /** Returns the usage that this host knows from the leader's starts and from reports of runs. */
    List<LimitUse> counted() {
        Stream<Allowance> ofQueues = queues.values().stream().map(queue -> queue.allows);
        return Stream.concat(budgeted(), ofQueues).flatMap(Allowance::counted).toList();
    }

    /**
     * Continues, as the new leader, from the usage and the reported warning thresholds that the previous leader stored. The usage counted
     * on this host applies if it leaves less, because the previous leader may not have stored its last reports.
     */
    void takeOver(List<LimitUse> uses, List<LimitUse> counted, long now) {
        forgetChanged();
        budgeted().forEach(allowance -> allowance.buckets.forgetWarnings());
        restore(uses, now);
        counted.forEach(use -> Objects.requireNonNull(find(use.key(), now)).atMost(use, now));
        budgeted().forEach(allowance -> allowance.buckets.warn());
    }

    /** Returns the changed usage since the last call, to be stored. */
    List<LimitUse> takeChanged() {
        List<LimitUse> taken = List.copyOf(changed.values());
        changed.clear();
        return taken;
    }

    /** Drops the changes without storing them, except submissions that this host has counted. */
    void forgetChanged() {
        changed.keySet().removeIf(key -> key.kind() != LimitKind.SUBMISSION);
        levels.clear();
        passed.clear();
    }

    /** Returns the warning thresholds passed since the last call. The caller must store them before it reports them. */
    List<LimitEvent> takePassed() {
        List<LimitEvent> taken = List.copyOf(passed);
        passed.clear();
        return taken;
    }

    /** Reports an exceeded warning threshold again with the next write, because it could not be stored. */
    void tellAgain(LimitEvent event, long now) {
        LimitKind kind = LimitKind.find(event.kind()).orElseThrow();
        Objects.requireNonNull(find(new LimitKey(kind, event.name(), event.unit()), now))
                .buckets
                .warnAgain(event.unit());
    }

    /** Sets the number of running jobs to zero; running jobs are counted from here on. */
    void forgetRuns() {
        Stream.of(budgeted(), queues.values().stream().map(queue -> queue.allows), circuits.values().stream())
                .flatMap(all -> all)
                .forEach(Allowance::forgetRuns);
    }

    /** Returns all allowances that can have a budget. */
    Stream<Allowance> budgeted() {
        Stream<Allowance> ofValues = values.values().stream().flatMap(ofLimit -> ofLimit.all().stream());
        return Stream.of(limits.values().stream(), ofValues, shares.values().stream())
                .flatMap(all -> all);
    }

    /** Records usage to be stored. It replaces the unstored usage of the same key. */
    void changed(LimitUse use) {
        changed.put(use.key(), use);
    }

    /** Records the level of an adaptive limit. It changes often, so it is stored only with {@link #storeLevels}. */
    void levelChanged(LimitUse level) {
        levels.put(level.key(), level);
    }

    /** Records levels again that could not be stored, unless they have changed since. */
    void levelsAgain(List<LimitUse> uses) {
        uses.stream()
                .filter(use -> use.key().unit().equals(LimitKey.LEVEL))
                .forEach(use -> levels.putIfAbsent(use.key(), use));
    }

    boolean hasLevels() {
        return !levels.isEmpty();
    }

    /** Includes the changed levels in the usage to be stored. */
    void storeLevels() {
        levels.values().forEach(this::changed);
        levels.clear();
    }

    /** Sets the number of worker threads of all hosts. */
    void threads(int next) {
        threads = next;
    }

    /** Returns the number of worker threads of all hosts, as far as is known. */
    int threads() {
        return threads;
    }

    /** Records an exceeded warning threshold. Call it before the usage is stored. */
    void passed(LimitEvent event) {
        passed.add(event);
    }
}

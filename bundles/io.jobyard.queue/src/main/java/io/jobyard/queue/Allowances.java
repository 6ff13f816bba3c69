// SPDX-License-Identifier: Apache-2.0
package io.jobyard.queue;

import io.jobyard.api.CanaryStatus;
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
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.VersionRange;

/** The allowances of all queues and limits that are configured or asked for. Guarded by the lock of {@link Lanes}. */
final class Allowances implements LimitNews {

    private final Map<String, Allowance> limits = new TreeMap<>();
    private final Map<String, LimitValues> values = new TreeMap<>();
    private final Consumer<Allowance> moved;
    private final Map<String, NamedQueue> queues = new TreeMap<>();
    private final Map<String, Allowance> shares = new TreeMap<>();
    private final Map<String, Circuit> circuits = new TreeMap<>();
    private final Map<String, Canary> canaries = new TreeMap<>();
    /** The types whose canary rolled back. Read by any thread. */
    private final Set<String> rolledBack = ConcurrentHashMap.newKeySet();

    private final List<CanaryStatus> steps = new ArrayList<>();
    /** The latest use of each that is not stored. */
    private final Map<LimitKey, LimitUse> changed = new LinkedHashMap<>();

    /** Warning thresholds that were passed and are not told. */
    private final List<LimitEvent> passed = new ArrayList<>();

    private LimitCatalog followed = LimitCatalog.EMPTY;
    private int slots;

    private final BooleanSupplier leads;

    /** With who hears when the one of a value may have opened, and with whether this host decides for all. */
    Allowances(Consumer<Allowance> moved, BooleanSupplier leads) {
        this.moved = moved;
        this.leads = leads;
    }

    LimitCatalog catalog() {
        return followed;
    }

    /** Goes by another catalog from now on; what was drawn and what runs stays. */
    void follow(LimitCatalog next, long now) {
        followed = next;
        next.limits().keySet().forEach(name -> limit(name, now));
        next.queues().keySet().forEach(name -> queue(name, now));
        limits.values().forEach(limit -> limit.follow(next.limit(limit.name), now));
        values.forEach((name, ofLimit) -> ofLimit.follow(next.limit(name), now));
        queues.values().forEach(queue -> follow(queue, now));
        queues.values().removeIf(NamedQueue::isIdle);
        shares.values().forEach(share -> share.follow(next.share(share.name), now));
        shares.values().removeIf(Allowance::isIdle);
    }

    /** That of a limit, or of one of its values: as lanes name it. */
    Allowance limit(String text, long now) {
        NamedLimit named = NamedLimit.parse(text);
        if (named.hasValue()) {
            return values.computeIfAbsent(named.name(), name -> new LimitValues(followed.limit(name), this, moved))
                    .value(text, now);
        }
        return ofName(text, now);
    }

    private Allowance ofName(String name, long now) {
        return limits.computeIfAbsent(name, fresh -> {
            Allowance limit = new Allowance(LimitKind.LIMIT, fresh, this);
            limit.follow(followed.limit(fresh), now);
            return limit;
        });
    }

    NamedQueue queue(String name, long now) {
        return queues.computeIfAbsent(name, fresh -> {
            NamedQueue queue = new NamedQueue(fresh, new Allowance(LimitKind.QUEUE, fresh, this));
            follow(queue, now);
            return queue;
        });
    }

    private void follow(NamedQueue queue, long now) {
        queue.follow(followed.queue(queue.name), followed.defined().queues().contains(queue.name), now);
    }

    /** What binds the jobs of a submitter. */
    List<Allowance> shares(String submitter, long now) {
        return followed.quotas().of(submitter).stream()
                .filter(share -> followed.share(share.name()) != LimitSettings.UNBOUNDED)
                .map(share -> share(share.name(), now))
                .toList();
    }

    private Allowance share(String name, long now) {
        return shares.computeIfAbsent(name, fresh -> {
            Allowance share = new Allowance(LimitKind.ROLE, fresh, this);
            share.follow(followed.share(fresh), now);
            return share;
        });
    }

    /** Goes by what is configured of types. */
    void follow(Map<String, TypeRules> types, long now) {
        types.forEach((type, rules) -> {
            if (rules.circuit() != null) {
                circuits.computeIfAbsent(type, this::circuit);
            }
            if (rules.canary() != null) {
                canaries.computeIfAbsent(type, this::canary);
            }
        });
        canaries.forEach((type, canary) -> {
            canary.follow(types.getOrDefault(type, TypeRules.NONE).canary(), now);
            markRolledBack(type, canary);
        });
        canaries.values().removeIf(Canary::isIdle);
        circuits.forEach((type, circuit) ->
                circuit.follow(types.getOrDefault(type, TypeRules.NONE).circuit(), now));
        circuits.values().removeIf(circuit -> !circuit.isConfigured() && circuit.gate.isIdle());
    }

    private Canary canary(String type) {
        return new Canary(type, this::changed);
    }

    private void markRolledBack(String type, Canary canary) {
        if (canary.isRolledBack()) {
            rolledBack.add(type);
        } else {
            rolledBack.remove(type);
        }
    }

    /** A run of that version of the type's handler ended. Hosts count apart, so that only one of them may judge. */
    void ended(String type, String version, boolean hasFailed, long now) {
        Canary canary = canaries.get(type);
        if (canary != null && canary.ended(version, hasFailed, now) && leads.getAsBoolean()) {
            canary.stepBack(now);
            rolledBack.add(type);
            steps.add(canary.status());
        }
    }

    /** The canaries that have rolled back since the last call. */
    List<CanaryStatus> takeSteps() {
        List<CanaryStatus> taken = List.copyOf(steps);
        steps.clear();
        return taken;
    }

    /** The versions of a type's canary; null if it has none. */
    @Nullable
    VersionRange canaryOf(String type) {
        Canary canary = canaries.get(type);
        return canary == null ? null : canary.versions();
    }

    boolean isRolledBack(String type) {
        return rolledBack.contains(type);
    }

    Collection<Canary> canaries() {
        return canaries.values();
    }

    private Circuit circuit(String type) {
        return new Circuit(type, this);
    }

    /** What holds the jobs of a type while too many fail; null if nothing would. */
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

    /** The values of a limit that are known of. */
    Collection<Allowance> values(String name) {
        LimitValues known = values.get(name);
        return known == null ? List.of() : known.all();
    }

    Collection<NamedQueue> queues() {
        return queues.values();
    }

    /** What was drawn is as the store remembers it. */
    void restore(List<LimitUse> uses, long now) {
        for (LimitUse use : uses) {
            String name = use.key().name();
            switch (use.key().kind()) {
                case LIMIT -> limit(name, now).restore(use, now);
                case QUEUE -> queue(name, now).allows.restore(use, now);
                case ROLE -> share(name, now).restore(use, now);
                case CIRCUIT -> circuits.computeIfAbsent(name, this::circuit).restore(use, now);
                case CANARY, SUBMISSION -> {
                    // canaries follow; the quotas of submitters keep the other
                }
            }
        }
        restoreCanaries(uses);
    }

    /** The canaries that rolled back are those of which the store says so. */
    void restoreCanaries(List<LimitUse> uses) {
        canaries.values().forEach(Canary::forgetStep);
        uses.stream()
                .filter(use -> use.key().kind() == LimitKind.CANARY)
                .forEach(use ->
                        canaries.computeIfAbsent(use.key().name(), this::canary).restore(use));
        canaries.forEach(this::markRolledBack);
    }

    /** These could not be stored. A limit is drawn on again soon, but a canary rolls back once. */
    void storeAgain(List<LimitUse> uses) {
        uses.stream()
                .filter(use -> use.key().kind() == LimitKind.CANARY)
                .map(use -> canaries.get(use.key().name()))
                .filter(Objects::nonNull)
                .forEach(Canary::storeAgain);
    }

    /** How much is used as far as is known here: what the leader's starts drew, and what runs have told. */
    List<LimitUse> counted() {
        Stream<Allowance> ofQueues = queues.values().stream().map(queue -> queue.allows);
        return Stream.concat(budgeted(), ofQueues)
                .flatMap(allowance -> allowance.counted().stream())
                .toList();
    }

    /**
     * Goes on, as the leader, from what the one before has stored, also from what it has told of warning thresholds; and from what was
     * counted here, where that leaves less: what runs told in its last moment, and since, it has not stored.
     */
    void takeOver(List<LimitUse> uses, List<LimitUse> counted, long now) {
        forgetChanged();
        budgeted().forEach(Allowance::forgetSoftTold);
        restore(uses, now);
        counted.forEach(use -> atMost(use, now));
        budgeted().forEach(Allowance::tellSoft);
    }

    private void atMost(LimitUse counted, long now) {
        String name = counted.key().name();
        switch (counted.key().kind()) {
            case LIMIT -> limit(name, now).atMost(counted, now);
            case QUEUE -> queue(name, now).allows.atMost(counted, now);
            case ROLE -> share(name, now).atMost(counted, now);
            default -> throw new IllegalStateException("nothing is counted of " + counted.key());
        }
    }

    /** What is to be stored since the last call. */
    List<LimitUse> takeChanged() {
        List<LimitUse> taken = List.copyOf(changed.values());
        changed.clear();
        return taken;
    }

    /** Nothing is to be stored but what this host has counted of submissions, and nothing told. */
    void forgetChanged() {
        changed.keySet().removeIf(key -> key.kind() != LimitKind.SUBMISSION);
        passed.clear();
    }

    /** The warning thresholds that were passed since the last call; that they were is to be stored first. */
    List<LimitEvent> takePassed() {
        List<LimitEvent> taken = List.copyOf(passed);
        passed.clear();
        return taken;
    }

    /** It could not be stored that a warning threshold is passed: that is told with what is stored next. */
    void tellAgain(LimitEvent event, long now) {
        boolean isLimit = event.kind().equals(LimitKind.LIMIT.text());
        (isLimit ? limit(event.name(), now) : share(event.name(), now)).tellSoftAgain(event.unit());
    }

    /** Nothing runs, as far as is known: what runs is counted from here on. */
    void forgetRuns() {
        Stream.concat(
                        budgeted(),
                        Stream.concat(
                                queues.values().stream().map(queue -> queue.allows),
                                circuits.values().stream().map(circuit -> circuit.gate)))
                .forEach(Allowance::forgetRuns);
    }

    /** Whatever has a budget. */
    Stream<Allowance> budgeted() {
        Stream<Allowance> ofValues = values.values().stream().flatMap(ofLimit -> ofLimit.all().stream());
        return Stream.of(limits.values().stream(), ofValues, shares.values().stream())
                .flatMap(all -> all);
    }

    @Override
    public void changed(LimitUse use) {
        changed.put(use.key(), use);
    }

    /** So many jobs do all hosts at once from now on. */
    void slots(int next) {
        slots = next;
    }

    @Override
    public int slots() {
        return slots;
    }

    @Override
    public void passed(LimitEvent event) {
        passed.add(event);
    }
}

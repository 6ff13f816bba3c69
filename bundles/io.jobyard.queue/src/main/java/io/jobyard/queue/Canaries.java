// SPDX-License-Identifier: Apache-2.0
package io.jobyard.queue;

import io.jobyard.api.CanaryStatus;
import io.jobyard.spi.handlers.TypeRules;
import io.jobyard.spi.limits.LimitKey;
import io.jobyard.spi.limits.LimitKind;
import io.jobyard.spi.limits.LimitUse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.VersionRange;

/** Canaries of types, and which of them were rolled back. Guarded by the lock of {@link Lanes}, unless a method says otherwise. */
final class Canaries {

    private final Map<String, Canary> byType = new TreeMap<>();
    /** Types whose canary was rolled back. */
    private final Set<String> rolledBack = ConcurrentHashMap.newKeySet();

    private final List<CanaryStatus> rollbacks = new ArrayList<>();
    private final Consumer<LimitUse> changed;
    private final BooleanSupplier leads;

    /**
     * Creates the canaries.
     *
     * @param leads returns whether this host decides for all hosts
     */
    Canaries(Consumer<LimitUse> changed, BooleanSupplier leads) {
        this.changed = changed;
        this.leads = leads;
    }

    /** Applies the configuration of types. */
    void follow(Map<String, TypeRules> types, long now) {
        types.forEach((type, rules) -> {
            if (rules.canary() != null) {
                canary(type);
            }
        });
        byType.forEach((type, canary) ->
                canary.follow(types.getOrDefault(type, TypeRules.NONE).canary(), now));
        byType.forEach(this::markRolledBack);
        byType.values().removeIf(Canary::isIdle);
    }

    private Canary canary(String type) {
        return byType.computeIfAbsent(type, fresh -> new Canary(fresh, changed));
    }

    private void markRolledBack(String type, Canary canary) {
        if (canary.isRolledBack()) {
            rolledBack.add(type);
        } else {
            rolledBack.remove(type);
        }
    }

    /** Records the end of a run of this handler version. Each host counts separately, but only the leader decides. */
    void ended(String type, String version, boolean hasFailed, long now) {
        Canary canary = byType.get(type);
        if (canary != null && canary.ended(version, hasFailed, now) && leads.getAsBoolean()) {
            canary.stepBack(now);
            rolledBack.add(type);
            rollbacks.add(canary.status());
        }
    }

    /** Returns the canaries that were rolled back since the last call. */
    List<CanaryStatus> takeRollbacks() {
        List<CanaryStatus> taken = List.copyOf(rollbacks);
        rollbacks.clear();
        return taken;
    }

    /** Returns the versions of a type's canary; null if it has none. */
    @Nullable
    VersionRange versions(String type) {
        Canary canary = byType.get(type);
        return canary == null ? null : canary.versions();
    }

    /** Returns whether the type's canary was rolled back. Does not need the lock. */
    boolean isRolledBack(String type) {
        return rolledBack.contains(type);
    }

    /** Returns the states of the configured canaries. */
    Stream<CanaryStatus> statuses() {
        return byType.values().stream().filter(Canary::isConfigured).map(Canary::status);
    }

    /** Returns the keys of rollbacks that the leader has stored; empty if this host is the leader. */
    Set<LimitKey> keysElsewhere() {
        return leads.getAsBoolean()
                ? Set.of()
                : byType.values().stream().map(Canary::key).collect(Collectors.toSet());
    }

    /** Applies the rollbacks that the leader has stored, unless this host is now the leader. */
    void follow(List<LimitUse> stored) {
        if (!leads.getAsBoolean()) {
            restore(stored);
        }
    }

    /** Sets the rolled-back canaries to those in the store. */
    void restore(List<LimitUse> uses) {
        byType.values().forEach(Canary::forgetStep);
        ofCanaries(uses).forEach(use -> canary(use.key().name()).restore(use));
        byType.forEach(this::markRolledBack);
    }

    /** Stores rollbacks again that could not be stored. A limit is drawn on again soon, but a canary rolls back only once. */
    void storeAgain(List<LimitUse> uses) {
        ofCanaries(uses)
                .flatMap(use -> Stream.ofNullable(byType.get(use.key().name())))
                .forEach(Canary::storeAgain);
    }

    private static Stream<LimitUse> ofCanaries(List<LimitUse> uses) {
        return uses.stream().filter(use -> use.key().kind() == LimitKind.CANARY);
    }
}

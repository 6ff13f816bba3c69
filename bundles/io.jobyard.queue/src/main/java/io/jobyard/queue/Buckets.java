// SPDX-License-Identifier: Apache-2.0
package io.jobyard.queue;

import io.jobyard.api.LimitEvent;
import io.jobyard.spi.limits.LimitKey;
import io.jobyard.spi.limits.LimitKind;
import io.jobyard.spi.limits.LimitUse;
import io.jobyard.spi.limits.Rate;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Buckets of an allowance by unit, and the stored use of units that it does not count. Guarded by the lock of {@link Lanes}. */
final class Buckets {

    private final LimitKind kind;
    private final String name;
    private final Allowances allowances;
    private final Runnable moved;
    private final Map<String, Bucket> buckets = new TreeMap<>();
    private final Map<String, LimitUse> stored = new TreeMap<>();

    Buckets(LimitKind kind, String name, Allowances allowances, Runnable moved) {
        this.kind = kind;
        this.name = name;
        this.allowances = allowances;
        this.moved = moved;
    }

    Collection<Bucket> all() {
        return buckets.values();
    }

    /** Returns the bucket of a unit; null if the unit is not counted. */
    @Nullable
    Bucket find(String unit) {
        return buckets.get(unit);
    }

    boolean counts(String unit) {
        return buckets.containsKey(unit);
    }

    /** Returns whether the store contains no usage of uncounted units. */
    boolean isAllCounted() {
        return stored.isEmpty();
    }

    /** Applies new rates. Drawn amounts are kept. */
    void follow(Map<String, Rate> rates, long now) {
        buckets.values().removeIf(bucket -> {
            boolean gone = !rates.containsKey(bucket.unit);
            if (gone) {
                stored.put(bucket.unit, Bucket.begun(use(bucket), now));
            }
            return gone;
        });
        rates.forEach((unit, rate) -> follow(unit, rate, now));
    }

    private void follow(String unit, Rate rate, long now) {
        Bucket bucket = buckets.get(unit);
        if (bucket != null) {
            bucket.change(rate, now);
            return;
        }
        Bucket fresh = rate.isBudget() ? new Budget(unit, rate, this::tell) : new Bucket(unit, rate, this::tell);
        LimitUse before = stored.remove(unit);
        if (before != null) {
            fresh.restore(before, rate, now);
        }
        buckets.put(unit, fresh);
    }

    /** Returns whether a drawn amount is not restored yet. */
    boolean remember(long now) {
        return buckets.values().stream().anyMatch(bucket -> bucket.remembers(now))
                || stored.values().stream()
                        .anyMatch(use -> EpochNanos.of(use.fullAt()) > now || EpochNanos.of(use.warnedUntil()) > now);
    }

    /** Removes the stored state. */
    void forget() {
        buckets.values().stream()
                .filter(bucket -> bucket.remembers(0))
                .forEach(bucket -> allowances.changed(LimitUse.nothing(key(bucket.unit))));
        stored.keySet().forEach(unit -> allowances.changed(LimitUse.nothing(key(unit))));
    }

    /** Restores a unit's state from the store. */
    void restore(LimitUse use, long now) {
        String unit = use.key().unit();
        Bucket bucket = buckets.get(unit);
        if (bucket != null) {
            bucket.restore(use, bucket.rate(), now);
        } else {
            stored.put(unit, Bucket.begun(use, now));
        }
    }

    /** Returns the usage, as far as this host knows. */
    Stream<LimitUse> counted() {
        return buckets.values().stream().map(bucket -> bucket.counted(key(bucket.unit)));
    }

    /** Applies the usage that this host has counted, if it leaves a smaller amount. */
    void atMost(LimitUse counted, long now) {
        Bucket bucket = buckets.get(counted.key().unit());
        if (bucket != null) {
            bucket.atMost(counted, now);
        }
    }

    /** Returns the time at which all amounts of the demand are available, if nothing else is taken until then. */
    long opensAt(Demand demand) {
        long opens = EpochNanos.ALWAYS;
        for (Bucket bucket : buckets.values()) {
            opens = Math.max(opens, bucket.opensAt(demand.of(bucket.unit)));
        }
        return opens;
    }

    /** Returns the reason why a bucket can never provide the amount; null if each can. */
    @Nullable
    String oversized(Demand demand, String owner) {
        for (Bucket bucket : buckets.values()) {
            double amount = demand.of(bucket.unit);
            if (!bucket.canGive(amount)) {
                return bucket.unit + " = " + Rate.text(amount) + " exceeds the whole budget of " + owner + ", which is "
                        + bucket.rate();
            }
        }
        return null;
    }

    /**
     * Reports each bucket that blocks the demand.
     *
     * @param blockers receives an explanation, and the time until which the bucket blocks; null if unknown
     */
    void shutBy(Demand demand, long now, BiConsumer<String, @Nullable Instant> blockers) {
        boolean isAlone = demand.starts() == 1;
        for (Bucket bucket : buckets.values()) {
            double amount = demand.of(bucket.unit);
            long opens = isAlone ? bucket.opensAt(amount) : bucket.opensInTurn(amount, now);
            if (opens > now) {
                Instant until = opens == EpochNanos.NEVER ? null : EpochNanos.instant(opens);
                blockers.accept(bucket.whyShut(amount, isAlone, now), until);
            }
        }
    }

    /** Returns the time at which all amounts are available, if all taken amounts begin now and nothing else is taken until then. */
    long goodAt(Demand demand, long now) {
        long at = EpochNanos.ALWAYS;
        for (Bucket bucket : buckets.values()) {
            at = Math.max(at, bucket.goodAt(demand.of(bucket.unit), 0, now));
        }
        return at;
    }

    /** Returns whether the demand draws on any bucket. */
    boolean areDrawnOnBy(Demand demand) {
        for (Bucket bucket : buckets.values()) {
            if (demand.of(bucket.unit) > 0) {
                return true;
            }
        }
        return false;
    }

    /** Returns the budget of the unit, if it has a warning threshold. */
    Optional<WarningBudget> warningBudget(String unit) {
        return Optional.ofNullable(buckets.get(unit))
                .filter(bucket -> bucket.rate().warningPercent() != null)
                .map(bucket -> new WarningBudget(key(unit), bucket.rate()));
    }

    /** Returns the warning thresholds that were exceeded in this period. */
    Stream<LimitEvent> warningPassed(long now) {
        return buckets.values().stream()
                .map(bucket -> bucket.warningPassed(kind, name, now))
                .filter(Objects::nonNull);
    }

    /** Treats all warning thresholds as not reported. */
    void forgetWarnings() {
        buckets.values().forEach(bucket -> bucket.markWarned(0));
    }

    /** Reports exceeded warning thresholds that were not reported yet. */
    void warn() {
        buckets.values().stream()
                .filter(bucket -> bucket.rate().warningPercent() != null)
                .forEach(Bucket::changed);
    }

    /** Reports an exceeded warning threshold again with the next write, because it could not be stored. */
    void warnAgain(String unit) {
        Bucket bucket = buckets.get(unit);
        if (bucket != null) {
            bucket.markWarned(0);
            bucket.changed();
        }
    }

    private void tell(Bucket bucket) {
        LimitEvent passed = bucket.tellSoft(kind, name);
        if (passed != null) {
            allowances.passed(passed);
        }
        allowances.changed(use(bucket));
        moved.run();
    }

    private LimitUse use(Bucket bucket) {
        return bucket.use(key(bucket.unit));
    }

    private LimitKey key(String unit) {
        return new LimitKey(kind, name, unit);
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.jobyard.worker;

import java.math.BigDecimal;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Use of a run that is not stored yet. Guarded by the lock of the run; safe for use by several threads. */
final class UsedUnits {

    /** Prevents a handler with many units from filling the store. */
    private static final int MOST = 32;

    /** All use at one moment; a later one has a higher version. */
    record UnitSums(int version, Map<String, BigDecimal> byUnit) {}

    private final Run run;
    private final Map<String, BigDecimal> uses = new TreeMap<>();
    private int version;
    private int taken;
    private int stored;
    /** Number of sums in flight. */
    private int onTheirWay;

    private @Nullable String model;

    UsedUnits(Run run) {
        this.run = run;
    }

    void add(String unit, double amount, @Nullable String ofModel) {
        synchronized (run) {
            model = ofModel;
            if (uses.size() >= MOST && !uses.containsKey(unit)) {
                throw new IllegalArgumentException("used(\"" + unit + "\", …): run " + run.number() + " of job "
                        + run.id() + " has already used " + MOST + " units, the maximum");
            }
            uses.merge(unit, BigDecimal.valueOf(amount), BigDecimal::add);
            version++;
        }
    }

    /** Returns the use so far, if it has grown since the last call and no write is in flight; otherwise null. */
    @Nullable
    UnitSums take() {
        synchronized (run) {
            return onTheirWay > 0 ? null : takeRest();
        }
    }

    /** Returns the use so far, even if a write is in flight. */
    @Nullable
    UnitSums takeRest() {
        synchronized (run) {
            return taken == version ? null : sum();
        }
    }

    /** Returns the use so far, unless it is known to be stored: including use in flight, which may be lost. */
    @Nullable
    UnitSums takeUnstored() {
        synchronized (run) {
            return stored == version ? null : sum();
        }
    }

    private UnitSums sum() {
        taken = version;
        onTheirWay++;
        return new UnitSums(version, Map.copyOf(uses));
    }

    /** Records that the taken sum is stored, or is lost and must be taken again. */
    void arrived(UnitSums sum, boolean isStored) {
        synchronized (run) {
            onTheirWay--;
            if (isStored) {
                stored = Math.max(stored, sum.version);
            } else {
                taken = stored;
            }
        }
    }

    /** Model that the use belongs to; null if not reported. */
    @Nullable
    String model() {
        synchronized (run) {
            return model;
        }
    }
}

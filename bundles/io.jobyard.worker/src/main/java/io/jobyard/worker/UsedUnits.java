// SPDX-License-Identifier: Apache-2.0
package io.jobyard.worker;

import java.math.BigDecimal;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Use of a run that is not stored yet. Guarded by the lock of the run; safe for use by several threads. */
final class UsedUnits {

    /** A handler that invents units would fill the store. */
    private static final int MOST = 32;

    /** All that it had used at a time: the later the higher the version. */
    record UnitSums(int version, Map<String, BigDecimal> byUnit) {}

    private final Run run;
    private final Map<String, BigDecimal> uses = new TreeMap<>();
    private int version;
    private int taken;
    private int stored;
    /** How many sums are on their way. */
    private int onTheirWay;

    private @Nullable String model;

    UsedUnits(Run run) {
        this.run = run;
    }

    /** Adds to what it has used of a unit. */
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

    /** All that it has used so far, if that is more than was taken before, and nothing is on its way; else null. */
    @Nullable
    UnitSums take() {
        synchronized (run) {
            return onTheirWay > 0 ? null : takeRest();
        }
    }

    /** The same, whatever is on its way. */
    @Nullable
    UnitSums takeRest() {
        synchronized (run) {
            return taken == version ? null : sum();
        }
    }

    /** All that it has used so far, unless it is known that the store has it: also what is on its way, which may be lost. */
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

    /** Of which model it says that it uses something; null if it does not. */
    @Nullable
    String model() {
        synchronized (run) {
            return model;
        }
    }
}

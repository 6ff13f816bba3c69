// SPDX-License-Identifier: Apache-2.0
package io.jobyard.worker;

import io.jobyard.spi.limits.Unit;
import java.math.BigDecimal;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Usage of a run that is not stored yet. Guarded by the lock of the run; safe for use by several threads. */
final class UsedUnits {

    /** Maximum number of units per run, so that a handler cannot fill the store. */
    private static final int MOST = 32;

    /** Total usage at one moment. A later total has a higher version. */
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

    /** Returns the total so far, if it has grown since the last call and no write is in flight; otherwise null. */
    @Nullable
    UnitSums take() {
        synchronized (run) {
            return onTheirWay > 0 ? null : takeRest();
        }
    }

    /** Returns the total so far, even if a write is in flight; null if it was already returned. */
    @Nullable
    UnitSums takeRest() {
        synchronized (run) {
            return taken == version ? null : sum();
        }
    }

    /** Returns the total so far; null if it is known to be stored. Includes usage in flight, whose write may fail. */
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

    /** Returns the model that the usage belongs to; null if not reported. */
    @Nullable
    String model() {
        synchronized (run) {
            return model;
        }
    }

    static void requireAmount(String call, String unit, double amount) {
        if (!(amount >= 0 && amount < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException(
                    call + "(\"" + unit + "\", " + amount + ") is out of range: use an amount of 0 or more");
        }
        if (!Unit.isName(unit)) {
            throw new IllegalArgumentException(call + "(\"" + unit + "\", …): a unit must be " + Unit.FORM);
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.jobyard.worker;

import java.math.BigDecimal;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What a run has used, on its way to the store. Guarded by the lock of the run; safe for use by several threads. */
final class UsedUnits {

    /** A handler that invents units would fill the store. */
    private static final int MOST = 32;

    private final Run run;
    private final Map<String, BigDecimal> uses = new TreeMap<>();
    private boolean changed;
    private boolean onTheirWay;
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
                        + run.id() + " has used " + MOST + " units; it may use no other");
            }
            uses.merge(unit, BigDecimal.valueOf(amount), BigDecimal::add);
            changed = true;
        }
    }

    /** All that it has used so far, if that is more than was taken before; nothing while that is on its way. */
    Map<String, BigDecimal> take() {
        synchronized (run) {
            return onTheirWay ? Map.of() : takeLast();
        }
    }

    /** The same, whatever is on its way. */
    Map<String, BigDecimal> takeLast() {
        synchronized (run) {
            if (!changed) {
                return Map.of();
            }
            changed = false;
            onTheirWay = true;
            return Map.copyOf(uses);
        }
    }

    /** What was taken has arrived, or is lost and to be taken again. */
    void arrived(boolean stored) {
        synchronized (run) {
            onTheirWay = false;
            changed |= !stored;
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

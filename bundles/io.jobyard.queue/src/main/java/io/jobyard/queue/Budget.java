// SPDX-License-Identifier: Apache-2.0
package io.jobyard.queue;

import io.jobyard.api.spi.Rate;
import java.util.function.Consumer;

/**
 * So much of a unit in each period: all of it comes back at once, when the next begins. Periods are counted from 1970
 * UTC. A job starts while something is left, and while its estimate fits; one that would never fit starts first in a
 * period. Stored as a bucket that is full with the next period and fills by what is used. Guarded by the lock of
 * {@link Lanes}.
 */
final class Budget extends Bucket {

    /** Amounts are kept to the millionth, so that what was stored and read again is the same. */
    private static final double EXACT = 1e6;

    private double used;
    private long end;

    Budget(String unit, Rate rate, Consumer<Bucket> changed) {
        super(unit, rate, changed);
    }

    @Override
    long fullAt() {
        return used > 0 ? end : 0;
    }

    @Override
    double perSecond() {
        return used / rate.periodNanos() * 1e9;
    }

    @Override
    String since() {
        return end == 0 ? "" : ", counted since " + Nanos.instant(end - rate.periodNanos());
    }

    @Override
    long opensAt(double amount) {
        boolean fits = used <= 0 || used < rate.amount() && used + amount <= rate.amount();
        return fits ? Nanos.ALWAYS : end;
    }

    @Override
    void draw(double amount, long now) {
        if (amount > 0) {
            follow(now);
            used = exact(used + amount);
            changed();
        }
    }

    /** What was drawn in an earlier period is not of this one. */
    @Override
    void giveBack(double amount, long drawnAt) {
        if (drawnAt >= end - rate.periodNanos()) {
            used = Math.max(0, exact(used - amount));
            changed();
        }
    }

    @Override
    double level(long now) {
        return now >= end ? rate.amount() : rate.amount() - used;
    }

    @Override
    void change(Rate next, long now) {
        if (!next.equals(rate)) {
            follow(now);
            rate = next;
            end = nextEnd(now);
            changed();
        }
    }

    @Override
    void restore(long storedFullAt, double perSecond, Rate next, long now) {
        rate = next;
        if (storedFullAt > now) {
            used = exact(perSecond * next.periodNanos() / 1e9);
            end = nextEnd(now);
        }
        changed();
    }

    private void follow(long now) {
        if (now >= end) {
            used = 0;
            end = nextEnd(now);
        }
    }

    private long nextEnd(long now) {
        return (now / rate.periodNanos() + 1) * rate.periodNanos();
    }

    private static double exact(double amount) {
        return Math.round(amount * EXACT) / EXACT;
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.jobyard.queue;

import io.jobyard.api.LimitEvent;
import io.jobyard.spi.limits.BudgetPeriod;
import io.jobyard.spi.limits.LimitKey;
import io.jobyard.spi.limits.LimitKind;
import io.jobyard.spi.limits.LimitUse;
import io.jobyard.spi.limits.Rate;
import io.jobyard.spi.text.ShownTime;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Amount of a unit per period, which is available again when the next period begins. A job starts while something is left and its estimate
 * fits. A job that needs more than a whole period never starts. Use beyond the budget counts in the next period. Stored as a bucket that is
 * full at the next period and fills by use. Guarded by the lock of {@link Lanes}.
 */
final class Budget extends Bucket {

    /** Precision of amounts: six decimal places, so that a stored amount is read back unchanged. */
    private static final double EXACT = 1e6;

    private double used;
    private long end;
    private long warnedUntil;
    private BudgetPeriod periods;

    Budget(String unit, Rate rate, Consumer<Bucket> changed) {
        super(unit, rate, changed);
        periods = Objects.requireNonNull(rate.periods());
    }

    @Override
    long fullAt() {
        return used + mayHaveBegun() > 0 ? end : 0;
    }

    /**
     * Returns the usage in the form of a rate. Amounts taken for jobs that have not begun count as used, because the host may end before
     * they begin.
     */
    @Override
    double perSecond() {
        return (used + mayHaveBegun()) / rate.periodNanos() * 1e9;
    }

    @Override
    LimitUse use(LimitKey key) {
        return new LimitUse(key, EpochNanos.instant(fullAt()), perSecond(), 0, EpochNanos.instant(warnedUntil));
    }

    /** Returns the known usage. The whole taken amount counts in the period, whenever the job begins. */
    @Override
    LimitUse counted(LimitKey key) {
        return new LimitUse(key, EpochNanos.instant(fullAt()), perSecond(), 0);
    }

    @Override
    boolean remembers(long now) {
        return super.remembers(now) || warnedUntil > now;
    }

    @Override
    void markWarned(long until) {
        warnedUntil = until;
    }

    @Override
    @Nullable
    LimitEvent tellSoft(LimitKind kind, String name) {
        if (!isWarning(used) || isTold()) {
            return null;
        }
        warnedUntil = end;
        return event(kind, name, end - 1);
    }

    @Override
    @Nullable
    LimitEvent warningPassed(LimitKind kind, String name, long now) {
        boolean isPassed = rate.warningPercent() != null && now < end && isTold() || isWarning(carried(now));
        return isPassed ? event(kind, name, now) : null;
    }

    private LimitEvent event(LimitKind kind, String name, long now) {
        long begin = now < end ? endLater(-1) : begin(periods.at(now));
        long next = now < end ? end : nextEnd(now);
        return new LimitEvent(
                kind.text(),
                name,
                unit,
                rate.toString(),
                carried(now),
                EpochNanos.instant(begin),
                EpochNanos.instant(next));
    }

    private boolean isWarning(double amount) {
        return rate.warningPercent() != null
                && amount > 0
                && amount >= exact(rate.amount() * rate.warningPercent() / 100);
    }

    /**
     * Returns whether a warning was recorded for this period. A warning of an earlier configuration with other periods ends
     * much later, and does not count.
     */
    private boolean isTold() {
        return warnedUntil >= end && warnedUntil <= endLater(1);
    }

    @Override
    String since() {
        return end == 0 ? "" : ", counted since " + ShownTime.of(EpochNanos.instant(endLater(-1)));
    }

    @Override
    String whyTooMuch() {
        return ", more than the whole budget: raise the budget, or cancel the job";
    }

    @Override
    boolean canGive(double amount) {
        return amount <= rate.amount();
    }

    @Override
    long opensAt(double amount) {
        return opensAt(amount, unbegun());
    }

    @Override
    long goodAt(double amount, double other, long now) {
        return opensAt(amount, unbegun() + other);
    }

    @Override
    long opensInTurn(double amount, long now) {
        double over = exact(carried(now) + unbegun() + amount - rate.amount());
        double later = Math.ceil(over / rate.amount());
        return over <= 0 ? EpochNanos.ALWAYS : begin(periods.at(now) + later);
    }

    /**
     * Returns the time at which the amount is available: now, or at the start of the first period with enough left after
     * the carried excess.
     */
    private long opensAt(double amount, double taken) {
        double room = exact(rate.amount() - taken - amount);
        boolean mustLeaveSome = amount <= 0;
        if (room < 0 || mustLeaveSome && room == 0) {
            return EpochNanos.NEVER;
        }
        double over = exact(used - room);
        if (over < 0 || over == 0 && !mustLeaveSome) {
            return EpochNanos.ALWAYS;
        }
        double whole = over / rate.amount();
        double until = mustLeaveSome ? Math.floor(whole) + 1 : Math.ceil(whole);
        return endLater(Math.max(1, until) - 1);
    }

    @Override
    double mostAtOnce(long now) {
        return Math.max(0, level(now));
    }

    @Override
    void take(double amount, boolean isForCalls, long now) {
        follow(now);
        super.take(amount, isForCalls, now);
    }

    @Override
    void draw(double amount, long now) {
        if (amount > 0) {
            follow(now);
            used = exact(used + amount);
            changed();
        }
    }

    /** Does nothing, because a budget counts only its own draws, not the provider's remaining amount. */
    @Override
    void lowerTo(double left, long now) {}

    /** Reverts a draw, unless it was made in an earlier period. */
    @Override
    void giveBack(double amount, long drawnAt) {
        if (drawnAt >= endLater(-1)) {
            used = Math.max(0, exact(used - amount));
            changed();
        }
    }

    @Override
    double level(long now) {
        return rate.amount() - carried(now) - unbegun();
    }

    @Override
    void change(Rate next, long now) {
        if (!next.equals(rate)) {
            follow(now);
            by(next);
            end = nextEnd(now);
            changed();
        }
    }

    @Override
    void restore(long storedFullAt, double perSecond, Rate next, long now) {
        by(next);
        used = exact(perSecond * next.periodNanos() / 1e9);
        end = storedFullAt;
        follow(now);
        end = nextEnd(now);
        changed();
    }

    private void by(Rate next) {
        rate = next;
        periods = Objects.requireNonNull(next.periods());
    }

    private void follow(long now) {
        if (now >= end) {
            used = carried(now);
            end = nextEnd(now);
        }
    }

    /** Returns the usage beyond the periods that have ended. */
    private double carried(long now) {
        double over = now < end ? 0 : 1 + periods.at(now) - periods.at(end);
        return Math.max(0, exact(used - over * rate.amount()));
    }

    private long nextEnd(long now) {
        return begin(periods.at(now) + 1);
    }

    /** Returns the end of the period that is {@code count} periods later. */
    private long endLater(double count) {
        return begin(periods.at(end) + count);
    }

    private long begin(double number) {
        return number >= periods.at(END) ? END : periods.begin((long) number);
    }

    private static double exact(double amount) {
        return Math.round(amount * EXACT) / EXACT;
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.jobyard.queue;

import io.jobyard.api.LimitEvent;
import io.jobyard.spi.limits.LimitKey;
import io.jobyard.spi.limits.LimitKind;
import io.jobyard.spi.limits.LimitUse;
import io.jobyard.spi.limits.Rate;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One rate, kept by the generic cell rate algorithm in its virtual scheduling form (ATM Forum, <i>Traffic Management Specification 4.0</i>,
 * 1996, section 4.4.2; ITU-T I.371, annex A). The only state is the theoretical arrival time: here the instant at which the full burst is
 * available again. With {@code p} the time to restore one unit and {@code b} the burst,
 *
 * <ul>
 * <li>the level at {@code t} is {@code b − (fullAt − t) / p}, at most {@code b};
 * <li>{@code a} may be drawn once {@code fullAt + a·p − t ≤ b·p}: once the level is {@code a};
 * <li>more than {@code b} may be drawn once the bucket is full. Then the level is below zero, where nothing may be drawn, not even an
 * amount of 0.
 * </ul>
 *
 * <p>So in any time {@code T}, at most {@code T / p + b} is drawn, or {@code T / p} and the largest single amount if that is more. An
 * amount taken for a job is drawn when its handler begins. Until then it is missing from the level and is not restored, so the rule holds
 * for the begin of handlers, however long their jobs take to get there. Times are nanoseconds since 1970, rounded to the strict side.
 * Guarded by the lock of {@link Lanes}.
 */
class Bucket {

    /** Last instant of the calculation, in the year 2116. */
    static final long END = Long.MAX_VALUE / 2;

    final String unit;
    private final Consumer<Bucket> changed;
    Rate rate;
    private long fullAt;
    private double unbegun;
    /** Amount taken for calls. The store contains the amount of each call before the call is sent, so the rest is unused if the host ends. */
    private double forCalls;
    /** Number of jobs that have taken an amount and not begun. When it reaches 0, the rounding error is reset. */
    private int onTheirWay;

    Bucket(String unit, Rate rate, Consumer<Bucket> changed) {
        this.unit = unit;
        this.rate = rate;
        this.changed = changed;
    }

    final Rate rate() {
        return rate;
    }

    /** Returns the rate that {@link #fullAt} is based on. */
    double perSecond() {
        return rate.perSecond();
    }

    /**
     * Returns the reason why the amount is not available now.
     *
     * @param isAlone whether the reason is about the next job alone, and not also the jobs before it
     */
    final String whyShut(double amount, boolean isAlone, long now) {
        String level = unit + " " + Rate.text(level(now)) + " of " + rate.pace() + since()
                + (unbegun == 0 ? "" : ", " + Rate.text(unbegun) + " taken by jobs that are starting");
        if (!isAlone) {
            return level + ", and with the jobs before it the job needs " + Rate.text(amount);
        }
        return amount <= 1
                ? level
                : level + ", the next job needs " + Rate.text(amount) + (amount <= rate.burst() ? "" : whyTooMuch());
    }

    /** Returns further text about the level; may be empty. */
    String since() {
        return "";
    }

    /** Returns text about a job that needs more than the burst. */
    String whyTooMuch() {
        return ", more than the burst, and therefore a full bucket";
    }

    /** Returns whether the bucket can ever provide this amount. */
    boolean canGive(double amount) {
        return true;
    }

    /** Reports a change of the level. */
    final void changed() {
        changed.accept(this);
    }

    long fullAt() {
        return fullAt;
    }

    /** Returns the value to store. */
    LimitUse use(LimitKey key) {
        return new LimitUse(key, EpochNanos.instant(fullAt()), perSecond(), mayHaveBegun());
    }

    /**
     * Returns the usage with taken amounts counted as drawn now. A job that was about to begin when the host ended may have begun in its
     * last moment.
     */
    static LimitUse begun(LimitUse use, long now) {
        if (use.unbegun() <= 0) {
            return use;
        }
        long nanos = (long) Math.min(END, Math.ceil(use.unbegun() / use.perSecond() * 1e9));
        long fullAt = Math.min(END, Math.max(EpochNanos.of(use.fullAt()), now) + nanos);
        return new LimitUse(use.key(), EpochNanos.instant(fullAt), use.perSecond(), 0, use.warnedUntil());
    }

    /** Restores the state from the store. */
    final void restore(LimitUse stored, Rate next, long now) {
        LimitUse use = begun(stored, now);
        markWarned(EpochNanos.of(use.warnedUntil()));
        restore(EpochNanos.of(use.fullAt()), use.perSecond(), next, now);
    }

    /** Returns the usage that this host knows, without amounts for jobs whose begin was not reported. */
    LimitUse counted(LimitKey key) {
        return new LimitUse(key, EpochNanos.instant(fullAt), perSecond(), 0);
    }

    /** Applies the counted usage if less remains with it than with the present usage. */
    final void atMost(LimitUse counted, long now) {
        long restored = fullAt();
        double restoredPerSecond = perSecond();
        double left = level(now);
        restore(EpochNanos.of(counted.fullAt()), counted.perSecond(), rate, now);
        if (level(now) >= left) {
            restore(restored, restoredPerSecond, rate, now);
        }
    }

    /** Returns whether the store must keep the usage. */
    boolean remembers(long now) {
        return fullAt() > now;
    }

    /** Records that the warning threshold was reported for the period with this end. */
    void markWarned(long until) {}

    /** Returns the event of an exceeded warning threshold that was not reported yet, and marks it as reported; null for none. */
    @Nullable
    LimitEvent tellSoft(LimitKind kind, String name) {
        return null;
    }

    /** Returns the event of a warning threshold that was exceeded in this period, whether reported or not; null if none was. */
    @Nullable
    LimitEvent warningPassed(LimitKind kind, String name, long now) {
        return null;
    }

    /** Returns the amount taken for jobs that have not begun. */
    final double unbegun() {
        return unbegun;
    }

    /** Returns the amount taken for jobs that may have begun when the host ended. */
    final double mayHaveBegun() {
        return Math.max(0, unbegun - forCalls);
    }

    /** Returns the largest amount that a start may take without a negative level. */
    double mostAtOnce(long now) {
        return rate.burst();
    }

    /**
     * Returns the time at which the amount is available if nothing else is taken until then. Returns {@link EpochNanos#NEVER} while other
     * jobs must begin first.
     */
    long opensAt(double amount) {
        double all = amount + unbegun;
        return onTheirWay > 0 && all > rate.burst() ? EpochNanos.NEVER : goodAt(fullAt, all);
    }

    /**
     * Returns the time at which several jobs have taken the amount one after the other, if nothing else takes from the
     * bucket until then.
     */
    long opensInTurn(double amount, long now) {
        double over = amount + unbegun - rate.burst();
        return over <= 0 ? goodAt(fullAt, amount + unbegun) : after(Math.max(fullAt, now), over);
    }

    /** Returns the time at which the amount is available if {@code other} is taken now and all taken amounts begin now. */
    long goodAt(double amount, double other, long now) {
        double first = unbegun + other;
        return goodAt(first > 0 ? after(Math.max(fullAt, now), first) : fullAt, amount);
    }

    private long goodAt(long full, double amount) {
        return amount >= rate.burst() ? full : full - (long) ((rate.burst() - amount) * rate.nanosPerUnit());
    }

    /** Takes an amount for a job that starts, or for its calls. */
    void take(double amount, boolean isForCalls, long now) {
        unbegun += amount;
        forCalls += isForCalls ? amount : 0;
        onTheirWay++;
        changed();
    }

    final void take(double amount, long now) {
        take(amount, false, now);
    }

    /**
     * Takes an amount for a call, partly from the amount taken for calls. The call then {@link #begin begins}, or is
     * {@link #release released}.
     */
    final void takeForCall(double amount, double ofTaken, long now) {
        unbegun = Math.max(0, unbegun - ofTaken);
        forCalls = Math.max(0, forCalls - ofTaken);
        take(amount, false, now);
    }

    /** Records the begin of the job that took the amount. */
    final void begin(double amount, long now) {
        arrive(amount);
        draw(amount, now);
        changed();
    }

    /** Releases the amount, because the job will not begin, or makes no further call. */
    final void release(double amount, boolean isForCalls) {
        forCalls = isForCalls ? Math.max(0, forCalls - amount) : forCalls;
        arrive(amount);
        changed();
    }

    private void arrive(double amount) {
        unbegun = --onTheirWay == 0 ? 0 : Math.max(0, unbegun - amount);
        forCalls = onTheirWay == 0 ? 0 : forCalls;
    }

    void draw(double amount, long now) {
        if (amount > 0) {
            fullAt = after(Math.max(fullAt, now), amount);
            changed();
        }
    }

    /** Lowers the level to the remaining amount that the provider reports, which includes use by others. */
    void lowerTo(double left, long now) {
        draw(level(now) - left, now);
    }

    /** Reverts a draw that was made at this time. */
    void giveBack(double amount, long drawnAt) {
        fullAt -= Math.min(fullAt, nanos(amount));
        changed();
    }

    /** Returns the remaining amount. It is negative after a draw of more than the burst. */
    double level(long now) {
        return rate.burst() - Math.max(0, fullAt - now) / rate.nanosPerUnit() - unbegun;
    }

    /** Changes the rate. The used amount remains; only the speed at which it is restored changes. */
    void change(Rate next, long now) {
        if (!next.equals(rate)) {
            restore(fullAt, rate.perSecond(), next, now);
        }
    }

    /** Restores a level that was calculated with another rate. */
    void restore(long storedFullAt, double perSecond, Rate next, long now) {
        double used = Math.max(0, storedFullAt - now) / 1e9 * perSecond;
        rate = next;
        fullAt = perSecond == next.perSecond() ? storedFullAt : after(now, used);
        changed();
    }

    private long after(long start, double amount) {
        return Math.min(END, start + nanos(amount));
    }

    private long nanos(double amount) {
        return (long) Math.min(END, Math.ceil(amount * rate.nanosPerUnit()));
    }
}

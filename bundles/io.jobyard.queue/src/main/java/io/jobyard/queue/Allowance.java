// SPDX-License-Identifier: Apache-2.0
package io.jobyard.queue;

import io.jobyard.api.Blocker;
import io.jobyard.spi.limits.LimitKey;
import io.jobyard.spi.limits.LimitKind;
import io.jobyard.spi.limits.LimitUse;
import io.jobyard.spi.limits.Unit;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Shared allowance of jobs: a number of simultaneous runs, and an amount of each unit per time. A start gets everything that it needs, or
 * nothing. Each kind defines which jobs use it, what a start takes, and how it is explained. Guarded by the lock of {@link Lanes}.
 */
abstract class Allowance {

    /** Extensions of the time until which nothing starts that are shorter than this are stored with a later one. */
    private static final long MERGED_NANOS = 1_000_000_000L;

    final LimitKind kind;
    final String name;
    /** Reservations in this allowance for jobs that also wait for other allowances. */
    final Reserved reserved = new Reserved(this);

    final Buckets buckets;
    private LimitSettings settings = LimitSettings.UNBOUNDED;
    /** Whether an attempt has failed and none has completed since. */
    private boolean isFailing;

    private int running;
    /** Number of slots that running jobs use. */
    private int taken;

    private long shutUntil;
    /** Latest stored value of {@link #shutUntil}. */
    private long storedShut;

    private final Allowances allowances;
    private final Consumer<Allowance> moved;

    /** @param moved receives this allowance when it may have opened, and when its use begins or ends */
    Allowance(LimitKind kind, String name, Allowances allowances, Consumer<Allowance> moved) {
        this.kind = kind;
        this.name = name;
        this.allowances = allowances;
        this.moved = moved;
        buckets = new Buckets(kind, name, allowances, this::moved);
    }

    final void moved() {
        moved.accept(this);
    }

    /** Returns the number of slots that the starts of the demand take here. */
    int slots(Demand demand) {
        return demand.starts();
    }

    /** Returns the part of a demand that this allowance counts. */
    Demand drawnBy(Demand asked) {
        return asked;
    }

    /** Returns the name without the value of a limit's key, because a user of the doctor may not be allowed to see the value. */
    String nameAlone() {
        return name;
    }

    /** Returns the reason why nothing starts until the allowance opens. */
    String whyShut() {
        return "the provider currently refuses more";
    }

    /** Returns text about the slots that the demand lacks. */
    String whyFull(Demand asked) {
        return FullSlots.explain(this, asked);
    }

    /** Changes the number of lanes, or groups of lanes, that draw on this allowance. */
    void lanes(int difference) {}

    /** Returns whether fewer jobs may run because the latest attempt failed. */
    boolean isHeldByFailure() {
        return isFailing && settings.failingMax() != null;
    }

    int running() {
        return running;
    }

    int taken() {
        return taken;
    }

    /** Returns whether the allowance can ever provide this many slots. */
    boolean canHave(int slots) {
        return settings.runningMax() == null || slots <= settings.runningMax();
    }

    /** Returns the current maximum number of running jobs; null for no limit. */
    @Nullable
    Integer most() {
        return settings.most(allowances.threads(), isFailing, level());
    }

    /** Returns the current number of slots that follows the answers of a provider; null for a fixed number. */
    @Nullable
    Integer level() {
        return null;
    }

    /** Records that an attempt of a job with this allowance failed or completed. */
    void ended(boolean hasFailed, EndedRun run) {
        if (hasFailed != isFailing) {
            isFailing = hasFailed;
            moved();
        }
    }

    /** Returns the reason why the allowance can never satisfy the demand; null if it can. */
    @Nullable
    String oversized(Demand asked) {
        int slots = slots(asked);
        if (!canHave(slots)) {
            return slots + " slots exceed " + settings.runningMaxKey() + " " + settings.runningMax() + " of " + title();
        }
        return buckets.oversized(drawnBy(asked), title());
    }

    private String title() {
        return kind.text() + " " + name;
    }

    LimitSettings settings() {
        return settings;
    }

    /** Returns the time until which nothing starts or started; 0 if the allowance was not shut after it last opened. */
    long shutUntil() {
        return shutUntil;
    }

    boolean hasSlots(int slots) {
        Integer level = level();
        return (level == null ? canHave(taken + slots) : taken + slots <= level) && mayRun(1);
    }

    private boolean mayRun(int starts) {
        Integer most = most();
        return most == null || running + starts <= most;
    }

    private boolean hasSlots(Demand asked) {
        return hasSlots(slots(asked)) && mayRun(asked.starts());
    }

    /** Returns whether the allowance neither limits nor counts anything, so that it need not be kept. */
    boolean isIdle() {
        return running == 0 && settings.equals(LimitSettings.UNBOUNDED) && shutUntil == 0 && buckets.isAllCounted();
    }

    void follow(LimitSettings next, long now) {
        if (next.equals(settings)) {
            return;
        }
        settings = next;
        if (next.fault() == null) {
            buckets.follow(next.rates(), now);
        }
        moved();
    }

    /** Restores the state from the store. */
    void restore(LimitUse use, long now) {
        if (use.key().unit().equals(LimitKey.ALL_UNITS)) {
            shutUntil = EpochNanos.of(use.fullAt());
            storedShut = shutUntil;
        } else {
            buckets.restore(use, now);
        }
    }

    /** Returns the usage, as far as this host knows. */
    Stream<LimitUse> counted() {
        Stream<LimitUse> shut = shutUntil > 0 ? Stream.of(shut()) : Stream.empty();
        return Stream.concat(buckets.counted(), shut);
    }

    /** Applies the usage that this host has counted, if it leaves a smaller amount. */
    void atMost(LimitUse counted, long now) {
        if (counted.key().unit().equals(LimitKey.ALL_UNITS)) {
            shut(EpochNanos.of(counted.fullAt()));
        } else {
            buckets.atMost(counted, now);
        }
    }

    /** Returns the earliest start of a job with the demand, as far as this allowance knows. */
    long opensAt(Demand asked) {
        return settings.fault() != null || !hasSlots(asked)
                ? EpochNanos.NEVER
                : Math.max(shutUntil, buckets.opensAt(drawnBy(asked)));
    }

    /**
     * Returns whether another call of a running job may take its missing amount. Amounts reserved for other jobs are not
     * available.
     */
    boolean letsCall(ToDoubleFunction<Bucket> missing, Demand call, long now) {
        return settings.fault() == null
                && shutUntil <= now
                && buckets.all().stream()
                        .filter(bucket -> !bucket.unit.equals(Unit.STARTS))
                        .allMatch(bucket -> bucket.opensAt(missing.applyAsDouble(bucket)) <= now)
                && reserved.leavesAmounts(call, now);
    }

    /** Returns all blockers of a job with this demand; empty if and only if the job may start. */
    List<Blocker> shutBy(Demand asked, long now) {
        if (settings.fault() != null) {
            return List.of(blocker(settings.fault(), null));
        }
        List<Blocker> blockers = new ArrayList<>();
        if (!hasSlots(asked)) {
            blockers.add(blocker(whyFull(asked), null));
        }
        if (shutUntil > now) {
            blockers.add(blocker(whyShut(), EpochNanos.instant(shutUntil)));
        }
        buckets.shutBy(drawnBy(asked), now, (why, until) -> blockers.add(blocker(why, until)));
        return blockers;
    }

    /** Returns the time at which all amounts for a job are available, if nothing else is taken until then. */
    long amountsAt(Demand asked, long now) {
        return Math.max(settings.fault() != null ? EpochNanos.NEVER : shutUntil, buckets.goodAt(drawnBy(asked), now));
    }

    void start(int slots) {
        running++;
        taken += slots;
        moved();
    }

    void end(int slots) {
        running--;
        taken -= slots;
        moved();
    }

    /** Sets the known number of running jobs to zero. */
    void forgetRuns() {
        running = 0;
        taken = 0;
        moved();
    }

    /** Marks the allowance as open. */
    void open() {
        shutUntil = 0;
        storedShut = 0;
        forgetShut();
        moved();
    }

    /** Removes the stored time until which the allowance was shut. */
    void forgetShut() {
        allowances.changed(LimitUse.nothing(key()));
    }

    /** Shuts the allowance until a time. Returns false if the added time is too short to be stored. */
    boolean shut(long until) {
        boolean isNew = until - storedShut >= MERGED_NANOS;
        shutUntil = Math.max(shutUntil, until);
        if (isNew) {
            storedShut = until;
            allowances.changed(shut());
        }
        return isNew;
    }

    private LimitUse shut() {
        return new LimitUse(key(), EpochNanos.instant(shutUntil), 0, 0);
    }

    private LimitKey key() {
        return new LimitKey(kind, name, LimitKey.ALL_UNITS);
    }

    private Blocker blocker(String detail, @Nullable Instant until) {
        return new Blocker(kind.text(), name + ": " + detail, until);
    }
}

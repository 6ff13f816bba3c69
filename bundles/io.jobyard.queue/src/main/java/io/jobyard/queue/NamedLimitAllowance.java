// SPDX-License-Identifier: Apache-2.0
package io.jobyard.queue;

import io.jobyard.spi.limits.LimitKey;
import io.jobyard.spi.limits.LimitKind;
import io.jobyard.spi.limits.LimitUse;
import io.jobyard.spi.limits.NamedLimit;
import io.jobyard.spi.limits.Unit;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Allowance of the jobs that name a limit, or one value of it. Guarded by the lock of {@link Lanes}. */
final class NamedLimitAllowance extends Allowance {

    final NamedLimit limit;
    private final Allowances allowances;
    private final String slotsUnit;
    private int lanes;
    /** Null without {@code adaptive}. */
    private @Nullable AdaptiveLevel adaptive;
    /** Level that the store contains; 0 if none. The limit may be configured later. */
    private int storedLevel;

    NamedLimitAllowance(NamedLimit limit, Allowances allowances, Consumer<Allowance> moved) {
        super(LimitKind.LIMIT, limit.text(), allowances, moved);
        this.limit = limit;
        this.allowances = allowances;
        slotsUnit = Unit.SLOTS + limit.name();
    }

    /** Returns the number of slots; some jobs take several. */
    @Override
    int slots(Demand demand) {
        return demand.slots(slotsUnit);
    }

    /** Returns what blocks jobs of this value that have not started; null if the order is not strict. */
    @Nullable
    StrictOrder order() {
        return settings().isStrict() && limit.hasValue() ? allowances.order(limit) : null;
    }

    @Override
    String nameAlone() {
        return limit.name();
    }

    @Override
    void lanes(int difference) {
        lanes += difference;
        moved();
    }

    @Override
    @Nullable
    Integer level() {
        return adaptive == null ? null : Integer.valueOf(adaptive.level());
    }

    @Override
    void follow(LimitSettings next, long now) {
        AdaptiveBounds bounds = next.running().adaptive();
        if (bounds == null) {
            adaptive = null;
        } else if (adaptive != null) {
            adaptive.follow(bounds);
        } else {
            adaptive = new AdaptiveLevel(bounds);
            if (storedLevel > 0) {
                adaptive.restore(storedLevel);
            }
        }
        super.follow(next, now);
    }

    @Override
    void restore(LimitUse use, long now) {
        if (!use.key().unit().equals(LimitKey.LEVEL)) {
            super.restore(use, now);
            return;
        }
        storedLevel = (int) use.perSecond();
        if (adaptive != null) {
            adaptive.restore(storedLevel);
            moved();
        }
    }

    @Override
    void ended(boolean hasFailed, EndedRun run) {
        if (adaptive != null && run.tookNanos() > 0) {
            Duration latency = adaptive.bounds().latency();
            if (latency != null && run.tookNanos() > latency.toNanos()) {
                overloaded(run.takenAt(), run.now());
            } else if (!hasFailed && adaptive.succeeded(taken())) {
                levelChanged(adaptive);
            }
        }
        super.ended(hasFailed, run);
    }

    /**
     * Counts a run that the provider refused, or did not answer in time.
     *
     * @param takenAt time at which its job was claimed; 0 if unknown
     * @return whether it lowered the level
     */
    boolean overloaded(long takenAt, long now) {
        boolean isHalved = adaptive != null && adaptive.overloaded(takenAt, now);
        if (adaptive != null && isHalved) {
            levelChanged(adaptive);
        }
        return isHalved;
    }

    private void levelChanged(AdaptiveLevel changed) {
        storedLevel = changed.level();
        allowances.levelChanged(new LimitUse(levelKey(), Instant.EPOCH, storedLevel, 0));
        moved();
    }

    private LimitKey levelKey() {
        return new LimitKey(kind, name, LimitKey.LEVEL);
    }

    /** Returns whether a lane or a running job uses the limit. */
    boolean isUsed() {
        return lanes > 0 || running() > 0;
    }

    /** Returns whether a drawn amount is not restored yet, or the number of runs has changed. */
    boolean remembers(long now) {
        return shutUntil() > now
                || isHeldByFailure()
                || adaptive != null && adaptive.level() > adaptive.bounds().least()
                || buckets.remember(now);
    }

    /** Removes the stored state. */
    void forget() {
        allowances.started.forgetOrder(name);
        buckets.forget();
        if (shutUntil() > 0) {
            forgetShut();
        }
        if (storedLevel > 0) {
            allowances.levelChanged(LimitUse.nothing(levelKey()));
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.jobyard.queue;

import io.jobyard.spi.limits.LimitKind;
import io.jobyard.spi.limits.NamedLimit;
import io.jobyard.spi.limits.Unit;
import java.util.function.Consumer;

/** Allowance of the jobs that name a limit, or one value of it. Guarded by the lock of {@link Lanes}. */
final class NamedLimitAllowance extends Allowance {

    final NamedLimit limit;
    private final String slotsUnit;
    private int lanes;

    NamedLimitAllowance(NamedLimit limit, Allowances allowances, Consumer<Allowance> moved) {
        super(LimitKind.LIMIT, limit.text(), allowances, moved);
        this.limit = limit;
        slotsUnit = Unit.SLOTS + limit.name();
    }

    /** Returns the number of slots; some jobs take several. */
    @Override
    int slots(Demand demand) {
        return demand.slots(slotsUnit);
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

    /** Returns whether a lane or a running job uses it. */
    boolean isUsed() {
        return lanes > 0 || running() > 0;
    }

    /** Returns whether a drawn amount is not restored yet. */
    boolean remembers(long now) {
        return shutUntil() > now || isHeldByFailure() || buckets.remember(now);
    }

    /** Removes the stored state. */
    void forget() {
        buckets.forget();
        if (shutUntil() > 0) {
            forgetShut();
        }
    }
}

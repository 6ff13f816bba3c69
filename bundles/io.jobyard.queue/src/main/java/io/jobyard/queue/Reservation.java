// SPDX-License-Identifier: Apache-2.0
package io.jobyard.queue;

import io.jobyard.spi.jobs.ReadyJob;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reservation for one job that waits for several resources: each amount by the instant at which all amounts are available, and from then on
 * a slot in each limit. So no slot stays empty for an amount that is restored in time. Guarded by the lock of {@link Lanes}.
 */
final class Reservation {

    final Lane lane;
    final ReadyJob job;
    final int level;
    /** Lanes on which it holds, as of the current decision. */
    List<Allowance> on = List.of();
    /** Time at which all amounts are available, as of the current decision. */
    long amountsAt;

    Reservation(Lane lane, int level) {
        this.lane = lane;
        this.job = lane.head();
        this.level = level;
    }

    /** Whether the job is still the first of its lane. */
    boolean stands() {
        return lane.hasNext()
                && !lane.needsRefill()
                && !lane.isRefilling()
                && lane.head().equals(job);
    }

    boolean keepsSlots(long now) {
        return amountsAt <= now;
    }

    /** Returns whether it binds a lane of a priority. It binds neither the job's own lane nor one that comes before it. */
    boolean binds(@Nullable Lane other, int otherLevel) {
        return other != lane && level <= otherLevel;
    }
}

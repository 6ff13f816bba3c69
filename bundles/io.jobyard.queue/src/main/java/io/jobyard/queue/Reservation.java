// SPDX-License-Identifier: Apache-2.0
package io.jobyard.queue;

import io.jobyard.spi.jobs.ReadyJob;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reservation for one job that waits for several resources. It reserves each amount for the instant at which all amounts are available, and
 * from then on a slot in each limit. So no slot stays empty while amounts are restored. Guarded by the lock of {@link Lanes}.
 */
final class Reservation {

    final Lane lane;
    final ReadyJob job;
    final int level;
    /** Allowances in which the job reserves, as of the current decision. */
    List<Allowance> on = List.of();
    /** Time at which all amounts are available, as of the current decision. */
    long amountsAt;

    Reservation(Lane lane, int level) {
        this.lane = lane;
        this.job = lane.head();
        this.level = level;
    }

    /** Returns whether the job is still the first job of its lane. */
    boolean stands() {
        return lane.hasNext()
                && !lane.needsRefill()
                && !lane.isRefilling()
                && lane.head().equals(job);
    }

    boolean keepsSlots(long now) {
        return amountsAt <= now;
    }

    /** Returns whether the reservation applies to a lane of a priority. It does not apply to the job's own lane or to an earlier lane. */
    boolean binds(@Nullable Lane other, int otherLevel) {
        return other != lane && level <= otherLevel;
    }
}

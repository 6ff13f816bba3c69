// SPDX-License-Identifier: Apache-2.0
package io.jobyard.queue;

import io.jobyard.api.Blocker;
import io.jobyard.spi.limits.Rate;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reserved part of one allowance, for jobs that wait for more than this allowance. Queried for a lane and its priority, or for all lanes of
 * a priority without a reservation. Guarded by the lock of {@link Lanes}.
 */
final class Reserved {

    /** Gate for slots and amounts that are reserved for another job. */
    static final String RESERVED = "reserved";

    private final Allowance allowance;
    private final List<Reservation> reservations = new ArrayList<>(1);

    Reserved(Allowance allowance) {
        this.allowance = allowance;
    }

    void add(Reservation reservation) {
        reservations.add(reservation);
    }

    void remove(Reservation reservation) {
        reservations.remove(reservation);
    }

    /** Returns whether another reservation for a lane is possible here. */
    boolean mayKeep(@Nullable Lane lane, int level, Demand asked, long now) {
        if (!allowance.canHave(allowance.slots(asked)) || allowance.amountsAt(asked, now) >= EpochNanos.NEVER) {
            return false;
        }
        if (reservations.isEmpty()) {
            return true;
        }
        Demand demand = allowance.drawnBy(asked);
        for (Bucket bucket : allowance.buckets.all()) {
            if (demand.of(bucket.unit) > 0 && keeper(bucket, lane, level) != null) {
                return false;
            }
        }
        return leavesSlots(lane, level, asked, now) || positions(lane, level, now) == 0;
    }

    /** Returns the time at which a lane's needs are no longer reserved, as far as is known. */
    long opensAt(@Nullable Lane lane, int level, Demand asked, long now) {
        if (reservations.isEmpty()) {
            return EpochNanos.ALWAYS;
        }
        long opens = leavesSlots(lane, level, asked, now) ? EpochNanos.ALWAYS : EpochNanos.NEVER;
        for (Bucket bucket : allowance.buckets.all()) {
            opens = Math.max(opens, opensAt(bucket, lane, level, asked, now));
        }
        return opens;
    }

    /** Returns whether the demand is available apart from the reservations of all priorities. */
    boolean leavesAmounts(Demand demand, long now) {
        for (Bucket bucket : allowance.buckets.all()) {
            if (opensAt(bucket, null, Reservations.LAST, demand, now) > now) {
                return false;
            }
        }
        return true;
    }

    /** Returns blockers for available resources that a lane may not use. */
    List<Blocker> shutBy(Lane lane, int level, Demand asked, long now) {
        List<Blocker> blockers = new ArrayList<>();
        int next = asked.starts() == 1 ? allowance.slots(asked) : 1;
        if (!leavesSlots(lane, level, asked, now) && allowance.hasSlots(next)) {
            reservations.stream()
                    .filter(each -> each.binds(lane, level) && each.keepsSlots(now))
                    .findFirst()
                    .ifPresent(each -> blockers.add(
                            blocker(slots(each) == 1 ? "its next slot" : "its next " + slots(each) + " slots", each)));
        }
        for (Bucket bucket : allowance.buckets.all()) {
            Reservation keeper = keeper(bucket, lane, level);
            boolean isThere = bucket.opensAt(allowance.drawnBy(asked).of(bucket.unit)) <= now;
            if (keeper != null && isThere && opensAt(bucket, lane, level, asked, now) > now) {
                blockers.add(blocker(bucket.unit + " " + Rate.text(bucket.level(now)), keeper));
            }
        }
        return blockers;
    }

    private Blocker blocker(String what, Reservation keeper) {
        String who = "job " + keeper.job.id() + " of priority " + keeper.level;
        return new Blocker(
                RESERVED,
                allowance.kind.text() + " " + allowance.name + ": " + what + ", reserved for " + who
                        + ", which waits for more",
                null);
    }

    private boolean leavesSlots(@Nullable Lane lane, int level, Demand asked, long now) {
        return allowance.hasSlots(positions(lane, level, now) + allowance.slots(asked));
    }

    private int positions(@Nullable Lane lane, int level, long now) {
        int positions = 0;
        for (Reservation each : reservations) {
            positions += each.binds(lane, level) && each.keepsSlots(now) ? slots(each) : 0;
        }
        return positions;
    }

    private int slots(Reservation each) {
        return allowance.slots(each.lane.demand());
    }

    /** Returns the time from which the lane may draw on the bucket. It may draw now if this does not delay the job with the reservation. */
    private long opensAt(Bucket bucket, @Nullable Lane lane, int level, Demand asked, long now) {
        double amount = allowance.drawnBy(asked).of(bucket.unit);
        Reservation keeper = amount > 0 ? keeper(bucket, lane, level) : null;
        if (keeper == null) {
            return EpochNanos.ALWAYS;
        }
        double kept = amount(bucket, keeper);
        if (bucket.goodAt(kept, amount, now) <= Math.max(keeper.amountsAt, now)) {
            return EpochNanos.ALWAYS;
        }
        return keeper.amountsAt > now ? keeper.amountsAt : bucket.opensAt(kept + amount);
    }

    private @Nullable Reservation keeper(Bucket bucket, @Nullable Lane lane, int level) {
        for (Reservation each : reservations) {
            if (each.binds(lane, level) && amount(bucket, each) > 0) {
                return each;
            }
        }
        return null;
    }

    private double amount(Bucket bucket, Reservation keeper) {
        return allowance.drawnBy(keeper.lane.demand()).of(bucket.unit);
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.jobyard.queue;

import io.jobyard.spi.jobs.LaneKey;
import io.jobyard.spi.jobs.ReadyJob;
import io.jobyard.spi.jobs.Slots;
import io.jobyard.spi.store.ClaimCandidate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Claims of the next jobs from the lanes, and returns of jobs that did not start. */
final class LaneClaims {

    /** Maximum number of jobs that one commit starts, on all hosts together. A larger commit would delay other changes. */
    private static final int MOST_AT_ONCE = 256;

    /** Jobs of the latest claim. Until the next claim begins, the workers may lack their runs. Null before the first claim. */
    private @Nullable List<ClaimCandidate> claimed;
    /** Jobs claimed for the current transaction of the store, which admits them. */
    private final List<ClaimCandidate> admitted = new ArrayList<>();
    /** Whether a job of this transaction has to wait. Later jobs must not pass it, and the lanes do not contain it yet. */
    private boolean hasWaiting;

    private final Lanes lanes;
    private final StartOrder order;
    private final GateRules rules;
    private final JobsInFlight inFlight;
    private final HostCapacity rooms;

    LaneClaims(Lanes lanes) {
        this.lanes = lanes;
        order = lanes.order;
        rules = lanes.rules;
        inFlight = lanes.inFlight;
        rooms = lanes.rooms;
    }

    /**
     * Takes as many jobs as the hosts have room for. Waits until a job is available.
     *
     * @param room returns the number of jobs for this host
     */
    List<ClaimCandidate> take(Supplier<Slots> room, Duration timeout) throws InterruptedException {
        List<ClaimCandidate> taken = new ArrayList<>();
        long end = System.nanoTime() + timeout.toNanos();
        return lanes.lock.claim(() -> {
            claimed = taken;
            while (true) {
                lanes.lock.look();
                boolean over = lanes.leadership.begins() > 0
                        || lanes.leadership.isHeld()
                                && takeReady(taken, room.get().minus(here(admitted)));
                long left = end - System.nanoTime();
                if (over || !taken.isEmpty() || left <= 0) {
                    return taken;
                }
                lanes.lock.awaitChange(Math.min(left, untilNextOpens()));
            }
        });
    }

    /** Ends a claim: jobs that have not started return to their lanes, except those that the store did not find. */
    void settle(List<ClaimCandidate> taken, List<ClaimCandidate> gone) {
        lanes.lock.change(() -> giveBack(taken, gone));
    }

    /**
     * Takes a job that a transaction admits, if it would be taken next; null if it has to wait in its lane.
     *
     * @param room number of further jobs for this host, without those of the latest claim
     */
    @Nullable
    ClaimCandidate takeAdmitted(LaneKey key, ReadyJob position, Supplier<Slots> room) {
        return lanes.lock.get(() -> {
            if (hasWaiting || claimed == null || !lanes.leadership.isHeld()) {
                hasWaiting = true;
                return null;
            }
            Slots left = rooms.begin(
                    room.get().minus(here(claimed)).minus(here(admitted))); // of a claim that reads a lane meanwhile
            ClaimCandidate job = rooms.any() ? takeIfNext(order.lane(key), position) : null;
            rooms.begin(job != null && job.elsewhere() == null ? left.minus(Slots.one(job.slots())) : left);
            hasWaiting = job == null;
            return job;
        });
    }

    private @Nullable ClaimCandidate takeIfNext(Lane lane, ReadyJob position) {
        lane.arrived(position, lanes.refills.windowLimit());
        StartOrder.Choice choice = order.next(lanes.instant());
        boolean isNext = choice != null
                && choice.lane() == lane
                && !lane.needsRefill()
                && !lane.isRefilling()
                && lane.head().equals(position);
        if (choice == null || !isNext || rules.drawsAmounts(lane)) {
            lane.count(1); // which the next line takes back: the store does not have the job yet
            lane.left(position);
            order.dropIfEmpty(lane);
            return null;
        }
        take(choice, admitted);
        return admitted.get(admitted.size() - 1);
    }

    /** Ends the claims of admitted jobs. A job that was stored without its start returns to its lane. */
    void settleAdmitted() {
        lanes.lock.change(() -> {
            giveBack(admitted, admitted);
            admitted.clear();
            hasWaiting = false;
        });
    }

    private static Slots here(List<ClaimCandidate> jobs) {
        return Slots.of(jobs.stream().filter(job -> job.elsewhere() == null), ClaimCandidate::slots);
    }

    private long untilNextOpens() {
        long opens = rules.opensNext();
        return opens == EpochNanos.NEVER ? EpochNanos.NEVER : Math.max(1, opens - lanes.now());
    }

    /** Takes ready jobs. Returns whether no room is left; then the caller is notified when room is available. */
    private boolean takeReady(List<ClaimCandidate> taken, Slots here) {
        Instant now = lanes.instant();
        rooms.begin(here);
        boolean full = here.total() == 0 && rooms.isAlone();
        while (lanes.leadership.isHeld() && rooms.any() && taken.size() < Math.max(here.total(), MOST_AT_ONCE)) {
            StartOrder.Choice choice = order.next(now);
            if (choice == null) {
                if (passOver(taken)) {
                    continue;
                }
                return full;
            }
            Lane lane = choice.lane();
            if (lane.isRefilling()) {
                return full; // another thread reads this lane, and will wake this thread
            }
            if (lane.needsRefill()) {
                refill(lane, taken);
            } else {
                take(choice, taken);
            }
        }
        return full;
    }

    private void refill(Lane lane, List<ClaimCandidate> taken) {
        try {
            lanes.refills.refill(lane);
        } catch (RuntimeException | Error e) {
            giveBack(taken, List.of());
            throw e;
        }
    }

    /** Skips first jobs that can never start, and takes those that must fail because of this. Returns whether there were any. */
    private boolean passOver(List<ClaimCandidate> taken) {
        boolean isPassed = false;
        for (Lane lane : order.oversized()) {
            Allowance by = rules.oversizedBy(lane, lane.demand());
            String fault = by != null && by.settings().failsOversized() ? by.oversized(lane.demand()) : null;
            if (fault == null) {
                isPassed |= lane.passOver();
            } else {
                ClaimCandidate job =
                        new ClaimCandidate(lane.key, lane.take(), lane.group.queue().name, null, "estimate " + fault);
                inFlight.add(inFlight(job, lane));
                taken.add(job);
                isPassed = true;
            }
        }
        return isPassed;
    }

    private void take(StartOrder.Choice choice, List<ClaimCandidate> taken) {
        Lane lane = choice.lane();
        Demand demand = lane.demand();
        ReadyJob position = lane.take();
        String queue = lane.group.queue().name;
        JobInFlight onItsWay = inFlight.find(position.id());
        if (onItsWay == null) {
            LaneKey by = lanes.begun.resolve(lane.key);
            HostCapacity.HostSlot host = rooms.choose(by, rules.now());
            ClaimCandidate job = new ClaimCandidate(
                    lane.key, position, queue, host.elsewhere(), null, by.handlerVersion(), host.slots());
            JobInFlight held = inFlight(job, lane);
            held.take(demand, rules.now());
            inFlight.add(held);
            taken.add(job);
            order.served(choice);
        } else if (!onItsWay.isStarted() && !onItsWay.taken.lane().equals(lane.key)) {
            onItsWay.movedTo(new ClaimCandidate(
                    lane.key, position, queue)); // the other lane has been left and has handed it out
        }
        order.dropIfEmpty(lane);
    }

    private JobInFlight inFlight(ClaimCandidate job, Lane lane) {
        List<Allowance> limits = lanes.groups.limits(lane.group);
        if (!lane.values().isEmpty()) {
            limits = Stream.concat(limits.stream(), lane.values().stream()).toList();
        }
        return new JobInFlight(job, lane.group.queue().allows, limits, lane.shares());
    }

    private void giveBack(List<ClaimCandidate> taken, List<ClaimCandidate> gone) {
        for (ClaimCandidate job : taken) {
            JobInFlight held = inFlight.notStarted(job);
            if (held != null && held.moved() != null) {
                requeue(held.moved());
            } else if (held != null && !gone.contains(job)) {
                requeue(job);
            }
        }
    }

    /** Makes a job available again, if its lane still exists. */
    private void requeue(ClaimCandidate job) {
        Lane lane = order.find(job.lane());
        if (lane != null) {
            lane.arrived(job.position(), lanes.refills.windowLimit());
        }
    }
}

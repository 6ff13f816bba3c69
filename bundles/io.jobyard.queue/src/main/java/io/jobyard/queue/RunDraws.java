// SPDX-License-Identifier: Apache-2.0
package io.jobyard.queue;

import io.jobyard.api.JobId;
import java.time.Instant;
import java.util.List;
import java.util.function.Predicate;

/** Draws and releases of runs, in the limits of their jobs. */
final class RunDraws {

    private final Lanes lanes;

    RunDraws(Lanes lanes) {
        this.lanes = lanes;
    }

    /** Applies a change to a job. Returns false if the job is not in flight, or nothing has changed: then no claim needs to check again. */
    private boolean change(JobId id, Predicate<JobInFlight> work) {
        return lanes.lock.get(() -> {
            JobInFlight held = lanes.inFlight.find(id);
            boolean isChanged = held != null && work.test(held);
            if (isChanged) {
                lanes.lock.changed();
            }
            return isChanged;
        });
    }

    /** Records that the handler of a job begins next. Returns false if the job has drawn on nothing. */
    boolean begun(JobId id) {
        return change(id, held -> held.begin(lanes.now()));
    }

    /** Counts further usage of a run. Returns false if no limit counts it. */
    boolean used(JobId id, String unit, double amount) {
        return change(id, held -> held.used(unit, amount, lanes.now()));
    }

    /** Result of a run's request for a call. */
    enum CallStart {
        REFUSED,
        /** The job uses no limits. */
        FREE,
        DRAWN
    }

    /**
     * Draws the amounts of a call that a run is about to make, if the limits allow it now. Only the leader takes amounts
     * beyond those of the job.
     */
    CallStart beginCall(JobId id, long number, Demand call) {
        return lanes.lock.changing(() -> {
            lanes.begin();
            JobInFlight held = lanes.inFlight.find(id);
            if (held == null) {
                return CallStart.REFUSED;
            } else if (!held.bindsCalls()) {
                return CallStart.FREE;
            }
            long now = lanes.now();
            if (!held.covers(call, now) && !(lanes.leadership.isHeld() && held.mayTake(call, now))) {
                return CallStart.REFUSED;
            }
            held.beginCall(number, call, now);
            return CallStart.DRAWN;
        });
    }

    /** Records that the draw of a call on this host is stored, and the call is made next. */
    void makeCall(JobId id, long number) {
        change(id, held -> {
            held.makeCall(number, lanes.now());
            return true;
        });
    }

    /** Records a call that another host's run makes. */
    void madeCall(JobId id, long number, Demand call) {
        change(id, held -> {
            held.beginCall(number, call, lanes.now());
            held.makeCall(number, lanes.now());
            return true;
        });
    }

    /** Records the end of a call. Returns false if nothing was drawn for it. */
    boolean endCall(JobId id, long number, boolean wasMade) {
        return change(id, held -> held.endCall(number, wasMade));
    }

    /** Returns the number of these calls that one start of the job may take. */
    int together(JobId id, List<Demand> calls) {
        return lanes.lock.get(() -> {
            JobInFlight held = lanes.inFlight.find(id);
            return held == null ? 1 : held.together(calls, lanes.now());
        });
    }

    /** Applies the provider's remaining amount, which opens no lane; returns false if no limit counts the unit. */
    boolean remaining(JobId id, String unit, double left, Instant until) {
        begun(id);
        return lanes.lock.get(() -> {
            JobInFlight held = lanes.inFlight.find(id);
            return held != null && held.remaining(unit, left, EpochNanos.of(until), lanes.now());
        });
    }

    /** Effect of a run that a provider refused. */
    enum RefusalEffect {
        /** The job has no limits. */
        UNLIMITED,
        /** An earlier refusal of about the same time had the same effect. */
        MERGED,
        APPLIED
    }

    /**
     * Shuts the limits of a job until a time in the future, and lowers their levels. No lane opens, so no claim needs to check again: any
     * number of refusals costs no decision.
     */
    RefusalEffect rateLimited(JobId id, Instant until) {
        return lanes.lock.get(() -> {
            JobInFlight held = lanes.inFlight.find(id);
            return held == null ? RefusalEffect.UNLIMITED : refused(held, EpochNanos.of(until), lanes.now());
        });
    }

    private static RefusalEffect refused(JobInFlight run, long until, long now) {
        RefusalEffect effect = RefusalEffect.UNLIMITED;
        for (NamedLimitAllowance limit : run.named().toList()) {
            boolean isHalved = limit.overloaded(run.takenAt(), now);
            boolean isShut = until > now && limit.shut(until);
            if (isHalved || isShut) {
                effect = RefusalEffect.APPLIED;
            } else if (effect == RefusalEffect.UNLIMITED) {
                effect = RefusalEffect.MERGED;
            }
        }
        return effect;
    }

    /** Returns the job's budgets of this unit with a warning threshold. */
    List<WarningBudget> warningBudgets(JobId id, String unit) {
        return lanes.lock.get(() -> {
            lanes.begin();
            JobInFlight held = lanes.inFlight.find(id);
            return held == null ? List.of() : held.warningBudgets(unit);
        });
    }

    /** Returns whether one of these budgets has exceeded its warning threshold, as this host has counted it. */
    boolean isBudgetLow(JobId id, String unit) {
        return lanes.lock.get(() -> {
            lanes.begin();
            JobInFlight held = lanes.inFlight.find(id);
            return held != null && held.isBudgetLow(unit, lanes.now());
        });
    }
}

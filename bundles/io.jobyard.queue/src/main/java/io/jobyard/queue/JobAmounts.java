// SPDX-License-Identifier: Apache-2.0
package io.jobyard.queue;

import io.jobyard.spi.limits.Unit;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Amounts that one job has taken and drawn from buckets, and the reported use of its run. Each call draws the amounts that are estimated
 * for calls ({@link Unit#CALLS}); all others are drawn when the handler begins. Guarded by the lock of {@link Lanes}.
 */
final class JobAmounts {

    /** Amounts below this are rounding errors. */
    private static final double NOTHING = 1e-9;

    private final boolean byCall;
    /** Amounts that are taken and not drawn yet. */
    private final Map<Bucket, Double> taken = new HashMap<>();

    private final Map<Bucket, Double> drawn = new HashMap<>();
    private final Map<String, Double> used = new HashMap<>();
    private final Map<Long, OpenCall> calls = new HashMap<>();
    private long drawnAt;

    JobAmounts(Map<String, Double> estimate) {
        byCall = estimate.containsKey(Unit.CALLS);
    }

    /**
     * A call in progress.
     *
     * @param needs amounts that the call may use
     * @param before usage of the run by unit when the call began
     * @param told units whose usage the run has reported since then
     * @param onItsWay amounts to draw when the call is made; empty afterwards
     * @param begunAt time of the begin
     */
    private record OpenCall(
            Map<Bucket, Double> needs,
            Map<String, Double> before,
            Set<String> told,
            Map<Bucket, Double> onItsWay,
            long begunAt) {}

    boolean isByCall() {
        return byCall;
    }

    void take(Bucket bucket, double amount, long now) {
        bucket.take(amount, byCall, now);
        taken.put(bucket, amount);
    }

    /** Records a draw that another host has reported, or that is stored. */
    void drew(Bucket bucket, double amount, long at) {
        drawnAt = at;
        drawn.put(bucket, amount);
    }

    /** Draws the taken amounts before the handler's first line, unless calls draw them. Returns false without taken amounts. */
    boolean begin(long now) {
        if (byCall || taken.isEmpty()) {
            return false;
        }
        drawnAt = now;
        taken.forEach((bucket, amount) -> bucket.begin(amount, now));
        drawn.putAll(taken);
        taken.clear();
        return true;
    }

    /** Records further usage of a unit by the run. */
    void used(String unit, double amount) {
        used.merge(unit, amount, Double::sum);
        calls.values().forEach(call -> call.told().add(unit));
    }

    /** Draws the use that exceeds the drawn amount. */
    void drawUsed(Bucket bucket, long now) {
        double all = used(bucket);
        double before = drawn(bucket);
        if (all > before) {
            bucket.draw(all - before, now);
            drawn.put(bucket, all);
        }
    }

    /** Limits the amount that the end of the run releases. */
    void keepAtMost(Bucket bucket, double left, long now) {
        double keeps = used(bucket) + Math.max(0, left - bucket.level(now));
        drawn.computeIfPresent(bucket, (any, amount) -> Math.min(amount, keeps));
    }

    /** Returns the amount that a call needs from a bucket, in addition to what the job has taken and not used. */
    double missing(Bucket bucket, Demand call) {
        double missing = call.of(bucket.unit) - spare(bucket) - taken.getOrDefault(bucket, 0.0);
        return missing > NOTHING ? missing : 0;
    }

    /** Reserves amounts for a call, first from those that the job has. They are drawn when the call is made. */
    void beginCall(long number, Stream<Bucket> buckets, Demand call, long now) {
        Map<Bucket, Double> needs = new HashMap<>();
        Map<Bucket, Double> onItsWay = new HashMap<>();
        buckets.forEach(bucket -> {
            double need = call.of(bucket.unit);
            double draws = Math.max(0, need - spare(bucket));
            double ofTaken = Math.min(draws, taken.getOrDefault(bucket, 0.0));
            if (ofTaken > 0) {
                taken.merge(bucket, -ofTaken, Double::sum);
            }
            bucket.takeForCall(draws, ofTaken, now);
            onItsWay.put(bucket, draws);
            drawn.merge(bucket, draws, Double::sum);
            needs.put(bucket, need);
        });
        calls.put(number, new OpenCall(needs, Map.copyOf(used), new HashSet<>(), onItsWay, now));
    }

    /** Draws the amounts of a call that is made next. */
    void makeCall(long number, long now) {
        OpenCall call = calls.get(number);
        if (call != null) {
            make(call, now);
        }
    }

    /** Treats pending calls as made, because their result will never be reported. */
    void makeCalls(long now) {
        calls.values().forEach(call -> make(call, now));
    }

    private static void make(OpenCall call, long now) {
        call.onItsWay().forEach((bucket, amount) -> bucket.begin(amount, now));
        call.onItsWay().clear();
    }

    /**
     * Ends a call and releases its unused amount. A unit without reported use counts as fully used, unless the call was not made. Returns
     * false if the call is unknown.
     */
    boolean endCall(long number, boolean wasMade) {
        OpenCall call = calls.remove(number);
        if (call == null) {
            return false;
        }
        if (!wasMade) {
            call.onItsWay().forEach((bucket, amount) -> {
                bucket.release(amount, false);
                drawn.merge(bucket, -amount, Double::sum);
            });
            return true;
        }
        Set<String> told = Set.copyOf(call.told());
        Map<String, Double> untold = new HashMap<>();
        call.needs().forEach((bucket, need) -> {
            if (!told.contains(bucket.unit)) {
                untold.put(bucket.unit, need);
            }
        });
        untold.forEach((unit, need) -> used.merge(unit, need, Double::sum));
        call.needs().forEach((bucket, need) -> {
            double usedByIt = used(bucket) - call.before().getOrDefault(bucket.unit, 0.0);
            giveBack(bucket, Math.min(need - usedByIt, spare(bucket)), call.begunAt());
        });
        return true;
    }

    private void giveBack(Bucket bucket, double amount, long since) {
        if (amount > NOTHING) {
            bucket.giveBack(amount, since);
            drawn.merge(bucket, -amount, Double::sum);
        }
    }

    /** Returns the amount that is drawn, not used, and not reserved for an open call. */
    private double spare(Bucket bucket) {
        double open = 0;
        for (OpenCall call : calls.values()) {
            open += call.needs().getOrDefault(bucket, 0.0);
        }
        return Math.max(0, drawn(bucket) - used(bucket) - open);
    }

    private double drawn(Bucket bucket) {
        return drawn.getOrDefault(bucket, 0.0);
    }

    private double used(Bucket bucket) {
        return used.getOrDefault(bucket.unit, 0.0);
    }

    /** Ends the run. Releases drawn amounts beyond the reported use, except those of calls that have not ended. */
    void settle() {
        Set.copyOf(drawn.keySet()).stream()
                .filter(bucket -> used.containsKey(bucket.unit) && !bucket.unit.equals(Unit.STARTS))
                .forEach(bucket -> giveBack(bucket, spare(bucket), drawnAt));
    }

    /** Reverts all draws. */
    void undo() {
        drawn.forEach((bucket, amount) -> bucket.giveBack(amount, drawnAt));
    }

    /** Keeps drawn amounts, and releases those that were only taken. */
    void release() {
        taken.forEach((bucket, amount) -> bucket.release(amount, byCall));
        taken.clear();
    }
}

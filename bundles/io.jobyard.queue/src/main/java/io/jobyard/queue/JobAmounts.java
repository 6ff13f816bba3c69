// SPDX-License-Identifier: Apache-2.0
package io.jobyard.queue;

import io.jobyard.spi.limits.Unit;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Amounts that one job has taken and drawn from buckets, and the reported use of its run. Amounts that are estimated for calls ({@link
 * Unit#CALLS}) are drawn by each call, all others when the handler begins. Guarded by the lock of {@link Lanes}.
 */
final class JobAmounts {

    /** Below this an amount is a rounding. */
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
     * @param needs amounts that it may use
     * @param before use of the run by unit when it began
     * @param told units whose use the run has reported since
     * @param onItsWay amounts to draw when it is made; empty from then on
     * @param begunAt when it began
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

    /** The run has used more of a unit. */
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

    /** Limits the amount that is released to this level. */
    void keepAtMost(Bucket bucket, double left, long now) {
        double keeps = used(bucket) + Math.max(0, left - bucket.level(now));
        drawn.computeIfPresent(bucket, (any, amount) -> Math.min(amount, keeps));
    }

    /** Returns the amount that a call needs from a bucket, beyond what the job has taken and not used. */
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

    /** The next is the call itself: how far limits are drawn for it is stored. */
    void makeCall(long number, long now) {
        OpenCall call = calls.get(number);
        if (call != null) {
            make(call, now);
        }
    }

    /** Counts pending calls as made, because no one will report them. */
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

    /** Amount that is drawn, not used, and not for an open call. */
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

    /** Ends the run: drawn amounts beyond the reported use are released, except those of calls that have not ended. */
    void settle() {
        Set.copyOf(drawn.keySet()).stream()
                .filter(bucket -> used.containsKey(bucket.unit) && !bucket.unit.equals(Unit.STARTS))
                .forEach(bucket -> giveBack(bucket, spare(bucket), drawnAt));
    }

    /** Restores the state before any draw. */
    void undo() {
        drawn.forEach((bucket, amount) -> bucket.giveBack(amount, drawnAt));
    }

    /** Keeps the drawn amounts, and drops those that were only taken. */
    void release() {
        taken.forEach((bucket, amount) -> bucket.release(amount, byCall));
        taken.clear();
    }
}

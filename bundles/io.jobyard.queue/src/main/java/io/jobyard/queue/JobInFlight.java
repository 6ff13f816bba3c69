// SPDX-License-Identifier: Apache-2.0
package io.jobyard.queue;

import io.jobyard.spi.cluster.ServingHost;
import io.jobyard.spi.jobs.SlotKind;
import io.jobyard.spi.limits.Unit;
import io.jobyard.spi.store.ClaimCandidate;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Slots and amounts that one job holds from its claim to the end of its run: a slot in its queue and in each of its limits, and drawn
 * amounts. Guarded by the lock of {@link Lanes}.
 */
final class JobInFlight {

    final ClaimCandidate taken;
    /** Kind of its slot, as far as the handlers of its host are known. */
    SlotKind slots;

    private final Demand demand;
    private final Allowance queue;
    private final List<Allowance> limits;
    private List<Allowance> shares;
    private final JobAmounts amounts;
    private long takenAt;
    private boolean started;
    private @Nullable UUID holder;
    private @Nullable ClaimCandidate moved;
    private @Nullable String version;

    JobInFlight(ClaimCandidate taken, Allowance queue, List<Allowance> limits, List<Allowance> shares) {
        this.taken = taken;
        slots = taken.slots();
        demand = Demand.of(taken.position().estimate());
        amounts = new JobAmounts(taken.position().estimate());
        this.queue = queue;
        this.limits = List.copyOf(limits);
        start(queue);
        limits.forEach(this::start);
        this.shares = List.of();
        ServingHost elsewhere = taken.elsewhere();
        holder = elsewhere == null ? null : elsewhere.incarnation();
        follow(shares);
    }

    /** Changes the shares of the submitter. The job now counts in these; drawn amounts stay in the old ones. */
    void follow(List<Allowance> next) {
        shares.stream().filter(share -> !next.contains(share)).forEach(this::end);
        next.stream().filter(share -> !shares.contains(share)).forEach(this::start);
        shares = next;
    }

    private void start(Allowance allowance) {
        allowance.start(allowance.slots(demand));
    }

    private void end(Allowance allowance) {
        allowance.end(allowance.slots(demand));
    }

    /** Returns the time of the claim; 0 if another host claimed it, or before the host started. */
    long takenAt() {
        return takenAt;
    }

    void take(Demand demand, long now) {
        takenAt = now;
        shares.forEach(share -> take(share, demand, now));
        take(queue, demand, now);
        limits.forEach(limit -> take(limit, demand, now));
    }

    private void take(Allowance allowance, Demand asked, long now) {
        Demand demand = allowance.drawnBy(asked);
        allowance.buckets.all().forEach(bucket -> amounts.take(bucket, demand.of(bucket.unit), now));
    }

    /** Records the reported or stored draw of its start. Amounts for calls are still only taken. */
    void drew(Demand demand, long at, long now) {
        if (amounts.isByCall()) {
            take(demand, now);
            return;
        }
        everywhere().forEach(allowance -> {
            Demand asked = allowance.drawnBy(demand);
            allowance.buckets.all().forEach(bucket -> amounts.drew(bucket, asked.of(bucket.unit), at));
        });
    }

    private Stream<Allowance> everywhere() {
        return Stream.concat(Stream.of(queue), Stream.concat(limits.stream(), shares.stream()));
    }

    /** Draws the taken amounts before the handler's first line, unless calls draw them. Returns false without taken amounts. */
    boolean begin(long now) {
        return amounts.begin(now);
    }

    /**
     * Sets the position of a job that was changed after its claim. The start uses the old values; if the start fails, the job is ready at
     * the new position.
     */
    void movedTo(ClaimCandidate position) {
        moved = position;
    }

    /** Returns the new position of the job if it was changed since its claim; otherwise null. */
    @Nullable
    ClaimCandidate moved() {
        return moved;
    }

    /** Records the handler version that its run was given to. */
    void givenTo(String handlerVersion) {
        version = handlerVersion;
    }

    /** Returns the handler version; null if this host does not know it. */
    @Nullable
    String version() {
        return version;
    }

    boolean isSuspect() {
        return taken.lane().suspect();
    }

    /** Returns whether this host has assigned the job to another host. */
    boolean isElsewhere() {
        return taken.elsewhere() != null;
    }

    boolean isStarted() {
        return started;
    }

    /** Returns the incarnation that runs the job, or is about to run it; null if unknown. */
    @Nullable
    UUID holder() {
        return holder;
    }

    void started(@Nullable UUID by) {
        started = true;
        holder = by;
    }

    /** Draws usage beyond the drawn amount. Returns false if nothing counts the unit for this job. */
    boolean used(String unit, double amount, long now) {
        boolean begins = begin(now);
        amounts.used(unit, amount);
        callBuckets().filter(bucket -> bucket.unit.equals(unit)).forEach(bucket -> amounts.drawUsed(bucket, now));
        return begins || everywhere().anyMatch(allowance -> allowance.buckets.counts(unit));
    }

    /**
     * Returns the buckets that a call draws on: those of limits and shares. Counters of starts and the buckets of the queue are not
     * included.
     */
    private Stream<Bucket> callBuckets() {
        Stream<Bucket> ofLimits = limits.stream().flatMap(limit -> limit.buckets.all().stream());
        Stream<Bucket> ofShares = shares.stream()
                .flatMap(share -> share.buckets.all().stream())
                .filter(bucket -> !bucket.unit.equals(Unit.STARTS));
        return Stream.concat(ofLimits, ofShares);
    }

    /** Returns whether any limit or share applies to calls of the run. */
    boolean bindsCalls() {
        return callBuckets().findAny().isPresent() || limits.stream().anyMatch(limit -> limit.shutUntil() > 0);
    }

    /** Returns whether the amounts that the job has taken suffice for a call. */
    boolean covers(Demand call, long now) {
        return limits.stream().noneMatch(limit -> limit.shutUntil() > now)
                && callBuckets().allMatch(bucket -> amounts.missing(bucket, call) == 0);
    }

    /**
     * Returns whether the additional needs of a call are available now. The same conditions as for a start apply, except those of the queue and of
     * slots.
     */
    boolean mayTake(Demand call, long now) {
        return Stream.concat(limits.stream(), shares.stream())
                .allMatch(allowance -> allowance.letsCall(bucket -> amounts.missing(bucket, call), call, now));
    }

    void beginCall(long number, Demand call, long now) {
        amounts.beginCall(number, callBuckets(), call, now);
    }

    void makeCall(long number, long now) {
        amounts.makeCall(number, now);
    }

    /** Ends a call. Returns false if the call does not exist. */
    boolean endCall(long number, boolean wasMade) {
        return amounts.endCall(number, wasMade);
    }

    /** Returns the number of these calls that one start may take at once, at least 1. */
    int together(List<Demand> calls, long now) {
        int most = calls.size();
        for (Bucket bucket : callBuckets().toList()) {
            double sum = 0;
            double room = bucket.mostAtOnce(now);
            for (int n = 0; n < most; n++) {
                sum += calls.get(n).of(bucket.unit);
                most = n > 0 && sum > room ? n : most;
            }
        }
        return most;
    }

    /**
     * Applies the provider's remaining amount of a unit; a value of zero applies until the given time. Returns false if none of the limits
     * counts the unit.
     */
    boolean remaining(String unit, double left, long until, long now) {
        begin(now);
        List<NamedLimitAllowance> counting =
                named().filter(limit -> limit.buckets.counts(unit)).toList();
        for (Allowance limit : counting) {
            if (left <= 0) {
                limit.shut(until);
            }
            lower(Objects.requireNonNull(limit.buckets.find(unit)), left, now);
        }
        return !counting.isEmpty();
    }

    /** Prevents the end of the run from releasing more than the provider's remaining amount. */
    private void lower(Bucket bucket, double left, long now) {
        bucket.lowerTo(left, now);
        if (!bucket.rate().isBudget()) {
            amounts.keepAtMost(bucket, left, now);
        }
    }

    /** Returns the limits of the job, without circuits. */
    Stream<NamedLimitAllowance> named() {
        return limits.stream().filter(NamedLimitAllowance.class::isInstance).map(NamedLimitAllowance.class::cast);
    }

    /** Returns the job's budgets of this unit with a warning threshold. */
    List<WarningBudget> warningBudgets(String unit) {
        return everywhere()
                .flatMap(allowance -> allowance.buckets.warningBudget(unit).stream())
                .toList();
    }

    /** Returns whether one of these budgets has exceeded its warning threshold. */
    boolean isBudgetLow(String unit, long now) {
        return everywhere()
                .flatMap(allowance -> allowance.buckets.warningPassed(now))
                .anyMatch(passed -> passed.unit().equals(unit));
    }

    /** Counts the job as begun, because this host no longer follows it. */
    void forget(long now) {
        begin(now);
        amounts.makeCalls(now);
        leave();
    }

    /** Reverts the claim, because the job did not start. */
    void undo() {
        amounts.undo();
        leave();
    }

    /** Ends the run. Releases drawn amounts beyond the reported use; all of them if the handler has not begun. */
    void settle(boolean begun, long now) {
        if (begun) {
            begin(now); // in case another host did not report it
        }
        amounts.makeCalls(now);
        amounts.settle();
        leave();
    }

    /** Records that the job's attempt failed or completed. */
    void ended(boolean hasFailed, long tookNanos, long now) {
        EndedRun run = new EndedRun(takenAt, tookNanos, now);
        limits.forEach(limit -> limit.ended(hasFailed, run));
    }

    /** Releases the slots, and amounts whose use has not begun. Drawn amounts are kept. */
    private void leave() {
        amounts.release();
        everywhere().forEach(this::end);
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.jobyard.worker;

import io.jobyard.api.JobId;
import io.jobyard.api.handler.EndReason;
import io.jobyard.spi.jobs.JobSummary;
import io.jobyard.spi.jobs.SlotKind;
import io.jobyard.spi.jobs.Slots;
import io.jobyard.spi.running.Outcome;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Runs of a pool, each from its arrival until its outcome is stored. A run first waits, and is then active. It is stuck if it was abandoned
 * and its thread has not returned. Guarded by the lock of {@link WorkerPool}.
 */
final class TrackedRuns {

    private static final int MOST_OUTCOMES_IN_FLIGHT = 256;
    private static final int MOST_CANCELLED_AHEAD = 1_000;
    private static final long LONGEST_AHEAD_NANOS = 200_000_000;

    private final Map<JobId, Run> known = new HashMap<>();
    /** Waiting runs of each kind: the most urgent priority first, and within a priority the longest wait first. */
    private final Map<SlotKind, List<Run>> waiting =
            Map.of(SlotKind.THREAD, new ArrayList<>(), SlotKind.ASYNC, new ArrayList<>());

    private final Set<Run> onThreads = new HashSet<>();
    private final Set<Run> async = new HashSet<>();
    private final Set<Run> stuck = new LinkedHashSet<>();
    /** Asynchronous runs on the threads that begin them. */
    private final Set<Run> beginning = new LinkedHashSet<>();
    /** Stored cancels of runs that have not arrived yet. Cancels of runs that have left remain until newer ones replace them. */
    private final Map<JobId, JobSummary> cancelledAhead = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<JobId, JobSummary> eldest) {
            return size() > MOST_CANCELLED_AHEAD;
        }
    };

    private int outcomesInFlight;
    /** Size of the payloads and results of asynchronous runs, from their arrival until their outcome is stored. */
    private long asyncBytes;

    void arrived(Run run) {
        known.put(run.id(), run);
        holds(run, run.assignment.payload().length());
        List<Run> before = waiting(run.begins.slots);
        int position = before.size();
        while (position > 0 && before.get(position - 1).level() > run.level()) {
            position--;
        }
        before.add(position, run);
        JobSummary cancelled = cancelledAhead.remove(run.id());
        if (cancelled != null && run.isLatestOf(cancelled)) {
            run.end(EndReason.CANCELLED);
        }
    }

    void cancel(JobSummary job) {
        Run run = known.get(job.id());
        if (run == null) {
            cancelledAhead.put(job.id(), job);
        } else if (run.isLatestOf(job)) {
            run.end(EndReason.CANCELLED);
        }
    }

    @Nullable
    Run find(JobId id) {
        return known.get(id);
    }

    private Set<Run> active(SlotKind kind) {
        return kind == SlotKind.THREAD ? onThreads : async;
    }

    private List<Run> waiting(SlotKind kind) {
        return Objects.requireNonNull(waiting.get(kind));
    }

    /** Returns whether a run of the kind waits, and one of these slots is free for it. A run without a thread still uses a slot. */
    boolean hasNext(SlotKind kind, int slots) {
        return !waiting(kind).isEmpty() && active(kind).size() < slots;
    }

    /** Makes the first waiting run of the kind active. */
    Run next(SlotKind kind, Thread worker) {
        Run run = waiting(kind).remove(0);
        active(kind).add(run);
        run.on(worker);
        if (kind == SlotKind.ASYNC) {
            beginning.add(run);
        }
        return run;
    }

    /** Records that the thread that began an asynchronous run is free. */
    void begun(Run run) {
        beginning.remove(run);
    }

    /** Returns the asynchronous runs on the threads that begin them, also abandoned ones. */
    Set<Run> beginning() {
        return beginning;
    }

    /** Removes runs of the kind that have waited too long for one of these slots. */
    List<Run> late(SlotKind kind, int slots, long nowNanos) {
        if (hasNext(kind, slots)) {
            return List.of(); // a thread is about to take the first one
        }
        List<Run> late = waiting(kind).stream()
                .filter(run -> nowNanos - run.acceptedNanos > LONGEST_AHEAD_NANOS)
                .toList();
        waiting(kind).removeAll(late);
        return late;
    }

    /** Removes all waiting runs. */
    List<Run> takeWaiting() {
        List<Run> all = waiting.values().stream().flatMap(List::stream).toList();
        waiting.values().forEach(List::clear);
        return all;
    }

    /** Returns the slots of active runs. */
    Slots busy() {
        return new Slots(onThreads.size(), async.size());
    }

    boolean isActive(Run run) {
        return active(run.begins.slots).contains(run);
    }

    List<Run> active() {
        return Stream.concat(onThreads.stream(), async.stream()).toList();
    }

    /** Returns active runs, and abandoned ones whose end is not stored. */
    List<Run> held() {
        List<Run> held = new ArrayList<>(active());
        stuck.stream().filter(run -> known.get(run.id()) == run).forEach(held::add);
        return held;
    }

    List<Run> stuck() {
        return List.copyOf(stuck);
    }

    /** Records that the run was abandoned, unless its thread has returned meanwhile. */
    void givenUp(Run run) {
        if (active(run.begins.slots).remove(run)) {
            stuck.add(run);
        }
    }

    /** Records that the run's thread is free. Returns whether the run was stuck. */
    boolean left(Run run) {
        active(run.begins.slots).remove(run);
        return stuck.remove(run);
    }

    /** Records that an outcome was sent to the store. Returns the number of such outcomes. */
    int outcomeSent(Run run, Outcome outcome) {
        holds(run, outcome instanceof Outcome.Completed done ? done.result().length() : 0);
        return ++outcomesInFlight;
    }

    private void holds(Run run, long more) {
        run.bytes += more;
        asyncBytes += run.begins.slots == SlotKind.ASYNC ? more : 0;
    }

    long asyncBytes() {
        return asyncBytes;
    }

    /**
     * Records that an outcome is stored. Returns whether outcomes may be sent again after the maximum was reached, this was the last one, or
     * it held memory that limits the number of runs.
     */
    boolean outcomeStored(Run run) {
        outcomesInFlight--;
        holds(run, -run.bytes);
        known.remove(run.id(), run);
        return run.begins.slots == SlotKind.ASYNC
                || outcomesInFlight == 0
                || outcomesInFlight >= MOST_OUTCOMES_IN_FLIGHT - 1;
    }

    boolean isIdle() {
        return onThreads.isEmpty() && async.isEmpty() && outcomesInFlight == 0;
    }

    /** Returns the maximum number of runs for these slots, including runs that can begin soon. */
    Slots size(Slots slots, Prefetch prefetch, long now) {
        int ahead = prefetch.inStock(soonFree(slots.threads(), prefetch), now);
        return slots.plus(new Slots(ahead, 0));
    }

    private long soonFree(int threads, Prefetch prefetch) {
        long young = onThreads.stream()
                .filter(run -> run.youngerThan(prefetch.aheadNanos()))
                .count();
        return Math.max(0, threads - onThreads.size()) + young;
    }

    /** Returns the number of further runs that these slots can begin soon. */
    Slots room(Slots slots, Prefetch prefetch, long now) {
        long soonFree = soonFree(slots.threads(), prefetch);
        int spare =
                slots.threads() - onThreads.size() - waiting(SlotKind.THREAD).size();
        int room =
                Math.min(spare + prefetch.inStock(soonFree, now), Math.max(0, spare) + prefetch.ahead(soonFree, now));
        int async = slots.async() - this.async.size() - waiting(SlotKind.ASYNC).size();
        return new Slots(Math.max(0, room), Math.max(0, async))
                .atMost(Math.max(0, MOST_OUTCOMES_IN_FLIGHT - outcomesInFlight));
    }
}

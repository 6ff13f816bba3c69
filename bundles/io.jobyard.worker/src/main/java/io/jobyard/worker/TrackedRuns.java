// SPDX-License-Identifier: Apache-2.0
package io.jobyard.worker;

import io.jobyard.api.JobId;
import io.jobyard.api.handler.EndReason;
import io.jobyard.spi.jobs.JobSummary;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
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
    /** Waiting runs: the most urgent priority first, and within a priority the longest wait first. */
    private final List<Run> waiting = new ArrayList<>();

    private final Set<Run> active = new HashSet<>();
    private final Set<Run> stuck = new LinkedHashSet<>();
    /** Stored cancels of runs that have not arrived yet. Cancels of runs that have left remain until newer ones replace them. */
    private final Map<JobId, JobSummary> cancelledAhead = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<JobId, JobSummary> eldest) {
            return size() > MOST_CANCELLED_AHEAD;
        }
    };

    private int outcomesInFlight;

    void arrived(Run run) {
        known.put(run.id(), run);
        int position = waiting.size();
        while (position > 0 && waiting.get(position - 1).level() > run.level()) {
            position--;
        }
        waiting.add(position, run);
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

    /** Returns whether a run waits and there is a free slot for it. A run without a thread still uses a slot. */
    boolean hasNext(int positions) {
        return !waiting.isEmpty() && active.size() < positions;
    }

    /** Makes the first waiting run active. */
    Run next(Thread worker) {
        Run run = waiting.remove(0);
        active.add(run);
        run.on(worker);
        return run;
    }

    /** Removes runs that have waited too long. */
    List<Run> late(long nowNanos) {
        List<Run> late = waiting.stream()
                .filter(run -> nowNanos - run.acceptedNanos > LONGEST_AHEAD_NANOS)
                .toList();
        waiting.removeAll(late);
        return late;
    }

    /** Removes all waiting runs. */
    List<Run> takeWaiting() {
        List<Run> all = List.copyOf(waiting);
        waiting.clear();
        return all;
    }

    List<Run> active() {
        return List.copyOf(active);
    }

    /** Returns active runs, and abandoned ones whose end is not stored. */
    List<Run> held() {
        List<Run> held = new ArrayList<>(active);
        stuck.stream().filter(run -> known.get(run.id()) == run).forEach(held::add);
        return held;
    }

    List<Run> stuck() {
        return List.copyOf(stuck);
    }

    /** Records that the run was abandoned. Returns false if its thread has returned meanwhile. */
    boolean givenUp(Run run) {
        return active.remove(run) && stuck.add(run);
    }

    /** Records that the run's thread is free. Returns whether the run was stuck. */
    boolean left(Run run) {
        active.remove(run);
        return stuck.remove(run);
    }

    void outcomeSent() {
        outcomesInFlight++;
    }

    /**
     * Records that an outcome is stored. Returns whether outcomes may be sent again after the maximum was reached, or this was the last
     * one.
     */
    boolean outcomeStored(Run run) {
        outcomesInFlight--;
        known.remove(run.id(), run);
        return outcomesInFlight == 0 || outcomesInFlight >= MOST_OUTCOMES_IN_FLIGHT - 1;
    }

    boolean isIdle() {
        return active.isEmpty() && outcomesInFlight == 0;
    }

    /** Returns the maximum number of runs for this number of threads, including runs that can begin soon. */
    int size(int threads, Prefetch prefetch, long now) {
        return threads + prefetch.inStock(soonFree(threads, prefetch), now);
    }

    private long soonFree(int threads, Prefetch prefetch) {
        long young = active.stream()
                .filter(run -> run.youngerThan(prefetch.aheadNanos()))
                .count();
        return Math.max(0, threads - active.size()) + young;
    }

    /** Returns the number of further runs that the threads can begin soon. */
    int room(int threads, Prefetch prefetch, long now) {
        long soonFree = soonFree(threads, prefetch);
        int spare = threads - active.size() - waiting.size();
        int room =
                Math.min(spare + prefetch.inStock(soonFree, now), Math.max(0, spare) + prefetch.ahead(soonFree, now));
        return Math.max(0, Math.min(room, MOST_OUTCOMES_IN_FLIGHT - outcomesInFlight));
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.jobyard.queue;

import io.jobyard.api.JobId;
import io.jobyard.api.JobStatus;
import io.jobyard.api.Reason;
import io.jobyard.spi.jobs.JobSummary;
import io.jobyard.spi.jobs.LaneKey;
import io.jobyard.spi.jobs.SlotKind;
import io.jobyard.spi.jobs.Slots;
import io.jobyard.spi.store.ClaimCandidate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Claimed and running jobs, with their slots and amounts. Guarded by the lock of {@link Lanes}. */
final class JobsInFlight {

    private final Map<JobId, JobInFlight> jobs = new HashMap<>();
    /** Slots of jobs in flight by host, for known hosts. */
    private final Map<UUID, Slots> held = new HashMap<>();

    private int suspects;

    /** Removes all jobs. Drawn amounts are kept. */
    void clear(long now) {
        jobs.values().forEach(job -> job.forget(now));
        jobs.clear();
        held.clear();
        suspects = 0;
    }

    /** Draws the amounts that were taken for all jobs. */
    void begin(long now) {
        jobs.values().forEach(job -> job.begin(now));
    }

    /** Returns the slots that runs of a host occupy, including those on their way to it. */
    Slots heldBy(UUID incarnation) {
        return held.getOrDefault(incarnation, Slots.NONE);
    }

    /** Counts the slots of all jobs again, after a change of the hosts. */
    void follow(BiFunction<LaneKey, @Nullable UUID, SlotKind> slots) {
        held.clear();
        jobs.values().forEach(job -> {
            job.slots = slots.apply(job.taken.lane(), job.holder());
            hold(job);
        });
    }

    /** Counts each job in the current shares of its submitter. */
    void follow(Function<String, List<Allowance>> sharesOf) {
        jobs.values().forEach(job -> job.follow(sharesOf.apply(job.taken.lane().submitter())));
    }

    /** Returns the lanes from which the jobs were claimed. */
    Stream<LaneKey> lanes() {
        return jobs.values().stream().map(job -> job.taken.lane());
    }

    /** Returns whether any job is a suspect, that is, a job whose host was lost repeatedly. */
    boolean hasSuspect() {
        return suspects > 0;
    }

    @Nullable
    JobInFlight find(JobId id) {
        return jobs.get(id);
    }

    void add(JobInFlight job) {
        jobs.put(job.taken.position().id(), job);
        suspects += job.isSuspect() ? 1 : 0;
        hold(job);
    }

    /** Ends the claim of a job that did not start. Returns null if the job has changed since, or is running. */
    @Nullable
    JobInFlight notStarted(ClaimCandidate taken) {
        JobInFlight job = jobs.get(taken.position().id());
        if (job == null || !job.taken.equals(taken) || job.isStarted()) {
            return null;
        }
        remove(job);
        job.undo();
        return job;
    }

    /**
     * Applies a commit of any host.
     *
     * @param unknown supplies the holdings of a running job that was not claimed here
     */
    void committed(JobSummary after, boolean elsewhere, long now, Supplier<JobInFlight> unknown) {
        JobInFlight job = jobs.get(after.id());
        if (after.status() == JobStatus.RUNNING) {
            if (job == null) {
                job = unknown.get();
                add(job);
            }
            started(job, after.incarnation());
        } else if (job != null) {
            remove(job);
            if (job.isStarted()) {
                boolean isLost = job.isElsewhere() && !elsewhere; // otherwise its own host would have ended it
                job.settle(isLost || mayHaveBegun(after), now);
            } else {
                job.undo();
            }
        }
    }

    /** Returns whether an ended run may have reached the first line of its handler; this is unknown for a lost run. */
    private static boolean mayHaveBegun(JobSummary after) {
        return after.startedAt() != null || after.reason() == Reason.HOST_LOST || after.reason() == Reason.CRASH;
    }

    private void started(JobInFlight job, @Nullable UUID by) {
        if (!job.isStarted() || !Objects.equals(job.holder(), by)) {
            release(job);
            job.started(by);
            hold(job);
        }
    }

    private void remove(JobInFlight job) {
        jobs.remove(job.taken.position().id());
        suspects -= job.isSuspect() ? 1 : 0;
        release(job);
    }

    private void hold(JobInFlight job) {
        if (job.holder() != null) {
            held.merge(job.holder(), Slots.one(job.slots), Slots::plus);
        }
    }

    private void release(JobInFlight job) {
        if (job.holder() != null) {
            Slots one = Slots.one(job.slots);
            held.computeIfPresent(job.holder(), (host, all) -> all.equals(one) ? null : all.minus(one));
        }
    }
}

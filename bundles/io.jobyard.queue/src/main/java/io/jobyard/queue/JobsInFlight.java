// SPDX-License-Identifier: Apache-2.0
package io.jobyard.queue;

import io.jobyard.api.JobId;
import io.jobyard.api.JobStatus;
import io.jobyard.api.spi.JobStanding;
import io.jobyard.api.spi.Taken;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The jobs that were taken and are not over, with what they hold. Guarded by the lock of {@link Lanes}. */
final class JobsInFlight {

    private final Map<JobId, JobInFlight> jobs = new HashMap<>();
    private int suspects;

    /** Forgets all; what was drawn stays drawn. */
    void clear(long now) {
        jobs.values().forEach(job -> job.forget(now));
        jobs.clear();
        suspects = 0;
    }

    /** Each counts in the shares that its submitter has from now on. */
    void follow(Function<String, List<Allowance>> sharesOf) {
        jobs.values().forEach(job -> job.follow(sharesOf.apply(job.taken.lane().submitter())));
    }

    /** Whether one of them is a suspect: its host was lost again and again. */
    boolean hasSuspect() {
        return suspects > 0;
    }

    @Nullable
    JobInFlight find(JobId id) {
        return jobs.get(id);
    }

    void add(JobInFlight job) {
        jobs.put(job.taken.place().id(), job);
        suspects += job.isSuspect() ? 1 : 0;
    }

    /** The start of a job that was taken did not come about. Null if the job has gone on since, or runs. */
    @Nullable
    JobInFlight notStarted(Taken taken) {
        JobInFlight job = jobs.get(taken.place().id());
        if (job == null || !job.taken.equals(taken) || job.isStarted()) {
            return null;
        }
        remove(job);
        job.undo();
        return job;
    }

    /**
     * A ready job stands elsewhere now. False unless it was taken: then it is on its way, holds what it was given, and
     * is ready in its new place when its start does not come about.
     */
    boolean moved(Taken place) {
        JobInFlight job = jobs.get(place.place().id());
        if (job == null || job.isStarted()) {
            return false;
        }
        job.movedTo(place);
        return true;
    }

    /** Follows a commit. A job that runs without having been taken here holds its places, and has drawn nothing. */
    void committed(JobStanding after, Supplier<JobInFlight> unknown) {
        JobInFlight job = jobs.get(after.id());
        if (after.status() == JobStatus.RUNNING) {
            if (job == null) {
                job = unknown.get();
                add(job);
            }
            job.started();
        } else if (job != null) {
            remove(job);
            if (job.isStarted()) {
                job.settle();
            } else {
                job.undo();
            }
        }
    }

    private void remove(JobInFlight job) {
        jobs.remove(job.taken.place().id());
        suspects -= job.isSuspect() ? 1 : 0;
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.jobyard.scheduler;

import io.jobyard.api.JobId;
import io.jobyard.api.Reason;
import io.jobyard.spi.jobs.Move;
import io.jobyard.spi.jobs.StoredJob;
import io.jobyard.spi.reads.JobReads;
import io.jobyard.spi.steps.WorkStore;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;

/** Cancels the children of jobs that finish while they wait for them. */
final class UnawaitedChildren {

    private static final int SLICE = 500;

    private final WorkStore work;
    private final JobReads reads;
    private final Decisions decisions;
    private final Predicate<Collection<Move>> store;

    /** @param store stores moves; returns false if one of the jobs has changed meanwhile */
    UnawaitedChildren(WorkStore work, JobReads reads, Decisions decisions, Predicate<Collection<Move>> store) {
        this.work = work;
        this.reads = reads;
        this.decisions = decisions;
        this.store = store;
    }

    /**
     * Cancels each child with the job that waited for it, at any depth, the deepest first. Returns false if a job has changed meanwhile,
     * and must be checked again.
     */
    boolean cancel(Map<JobId, JobId> parents) {
        List<JobId> children = new ArrayList<>(parents.keySet());
        boolean all = true;
        for (int from = 0; from < children.size(); from += SLICE) {
            all &= cancel(children.subList(from, Math.min(from + SLICE, children.size())), parents);
        }
        return all;
    }

    private boolean cancel(List<JobId> children, Map<JobId, JobId> parents) {
        List<StoredJob> jobs = reads.jobs(children).values().stream()
                .filter(child -> !child.status().isFinished() && !child.cancelRequested())
                .toList();
        Map<JobId, List<JobId>> theirs = awaited(jobs);
        Map<JobId, JobId> next = new LinkedHashMap<>();
        theirs.forEach((job, awaited) -> awaited.forEach(child -> next.put(child, job)));
        return cancel(next)
                && store.test(jobs.stream()
                        .map(job -> decisions.abandon(
                                job,
                                Objects.requireNonNull(parents.get(job.id())),
                                job.reason() == Reason.CHILDREN ? theirs.getOrDefault(job.id(), List.of()) : List.of()))
                        .toList());
    }

    private Map<JobId, List<JobId>> awaited(List<StoredJob> jobs) {
        List<JobId> begun =
                jobs.stream().filter(job -> job.run() > 0).map(StoredJob::id).toList();
        return begun.isEmpty() ? Map.of() : work.children(begun);
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.jobyard.spi.store;

import io.jobyard.api.HistoryEvent;
import io.jobyard.api.Job;
import io.jobyard.api.JobId;
import io.jobyard.api.JobState;
import io.jobyard.spi.jobs.StoredJob;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * New job that is ready to be stored.
 *
 * @param stored job in its first state, with version 1
 * @param payload a JSON object
 * @param dependencies all dependencies, in order; they are never removed
 * @param edges dependencies that were not known to be completed; each gets an edge, which a release deletes
 * @param takesKeyOf finished job that has held the key until now; null for none
 */
public record AdmittedJob(
        StoredJob stored,
        String payload,
        List<JobId> dependencies,
        Set<JobId> edges,
        HistoryEvent event,
        @Nullable JobId takesKeyOf) {

    public AdmittedJob {
        dependencies = List.copyOf(dependencies);
        edges = Set.copyOf(edges);
    }

    /** Creates a job whose key no other job holds. */
    public AdmittedJob(
            StoredJob stored, String payload, List<JobId> dependencies, Set<JobId> edges, HistoryEvent event) {
        this(stored, payload, dependencies, edges, event, null);
    }

    /** Returns a copy that takes the key of a finished job; null for none. */
    public AdmittedJob takingKeyOf(@Nullable JobId ended) {
        return ended == null ? this : new AdmittedJob(stored, payload, dependencies, edges, event, ended);
    }

    /** Returns a copy that continues after the latest run of another job, whose steps it gets. */
    public AdmittedJob after(JobState.RunState latest) {
        Job job = stored.job();
        JobState state = job.state();
        JobState.RunState run = new JobState.RunState(latest.number(), 0, null, latest.host(), latest.queue(), null);
        JobState next = new JobState(
                state.status(), state.reason(), state.changedAt(), state.completedAt(), state.error(), run);
        HistoryEvent.HistoryRun told = new HistoryEvent.HistoryRun(
                latest.host(), latest.number(), 0, event.run().handler());
        return new AdmittedJob(
                new StoredJob(new Job(job.id(), job.submitter(), job.createdAt(), job.terms(), next), stored.books()),
                payload,
                dependencies,
                edges,
                new HistoryEvent(event.at(), event.who(), event.from(), event.to(), event.reason(), told, event.why()),
                takesKeyOf);
    }

    /** Returns a copy with another creation time. */
    public AdmittedJob createdAt(Instant instant) {
        Job job = stored.job();
        Job created = new Job(job.id(), job.submitter(), instant, job.terms(), job.state());
        return new AdmittedJob(new StoredJob(created, stored.books()), payload, dependencies, edges, event, takesKeyOf);
    }
}

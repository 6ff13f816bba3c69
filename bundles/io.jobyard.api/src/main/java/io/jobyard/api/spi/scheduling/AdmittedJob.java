// SPDX-License-Identifier: Apache-2.0
package io.jobyard.api.spi.scheduling;

import io.jobyard.api.HistoryEvent;
import io.jobyard.api.Job;
import io.jobyard.api.JobId;
import io.jobyard.api.spi.StoredJob;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/**
 * A new job, decided and ready to be stored.
 *
 * @param stored the job in its first state, version 1
 * @param payload a JSON object
 * @param dependencies all jobs it was told to wait for, in order; kept for ever
 * @param edges those of them that were not known to be completed: one edge each, which a release deletes
 * @param event the admission
 */
public record AdmittedJob(
        StoredJob stored, String payload, List<JobId> dependencies, Set<JobId> edges, HistoryEvent event) {

    /**
     * Copies the collections.
     *
     * @param stored the job in its first state, version 1
     * @param payload a JSON object
     * @param dependencies all jobs it was told to wait for, in order; kept for ever
     * @param edges those of them that were not known to be completed: one edge each, which a release deletes
     * @param event the admission
     */
    public AdmittedJob {
        dependencies = List.copyOf(dependencies);
        edges = Set.copyOf(edges);
    }

    /**
     * The same, created at another time.
     *
     * @param instant when it was submitted
     * @return a copy
     */
    public AdmittedJob createdAt(Instant instant) {
        Job job = stored.job();
        Job created = new Job(job.id(), job.submitter(), instant, job.terms(), job.state());
        return new AdmittedJob(new StoredJob(created, stored.books()), payload, dependencies, edges, event);
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.jobyard.api;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Finds jobs and reads their state, without payloads and results. Each method with a job ID throws {@link JobNotFoundException} if the job
 * does not exist.
 */
@ProviderType
public interface JobQueries {

    /** {@return the current state of the job; while it runs, including the time at which its handler began} */
    Job status(JobId id);

    /**
     * Finds a job by the end of its ID.
     *
     * @param idOrEnding ID, or its last characters
     * @throws JobNotFoundException if no ID has this ending
     * @throws ValidationException if several IDs have this ending, or it cannot be the end of an ID
     */
    JobId resolve(String idOrEnding);

    /**
     * Lists jobs, the youngest first. A caller without the permission {@code view:all} sees only its own jobs.
     *
     * @param query filter and maximum number of jobs
     * @return the jobs found; {@link JobPage#lookedBackTo} if the search ended early
     */
    JobPage find(JobQuery query);

    /**
     * Counts jobs, in total and by value. For a caller without the permission {@code view:all}, counts only its own jobs.
     *
     * @return the counts; {@link JobFacets.Coverage#lookedBackTo} if the count ended early
     */
    JobFacets facets(JobFilter filter);

    /**
     * Returns the ready jobs in starting order: by priority, then by the fair share of submitters, then by age. Jobs that a gate blocks
     * keep their position, because other jobs overtake them only until the gate opens. The early start of aged jobs is not considered.
     *
     * @param limit maximum number of jobs, 1 to {@value PendingJob#MOST}
     * @return the matching jobs that the caller may see among the first {@value PendingJob#MOST} of all, each with its position among all;
     * fewer if only part of the order is known
     * @throws AccessException if the filter names a submitter whose jobs the caller may not see
     * @throws ValidationException if the limit is out of range
     */
    List<PendingJob> pending(JobFilter filter, int limit);

    /**
     * Returns the queue in which a job is ready, runs or ran.
     *
     * @return queue of the latest run, while it runs and once the job has finished; otherwise the requested queue; otherwise the queue that
     * the type is routed to now, or {@link Job#DEFAULT_QUEUE}
     */
    String queue(Job job);

    /** {@return the ids of a job's dependencies, in the order of the specification} */
    List<JobId> dependencies(JobId id);

    /**
     * Returns the jobs around a job: its direct and indirect dependencies and dependents. Jobs that failed or were cancelled
     * because of the job or of a dependent count as dependents.
     *
     * @param limit maximum number of jobs on each side, 1 to {@value JobGraph#MOST}
     * @return jobs that the caller may see, the nearest first
     * @throws ValidationException if the limit is out of range
     */
    JobGraph graph(JobId id, int limit);

    /**
     * Returns the progress of a group of jobs.
     *
     * @param submitter owner of the group; null for the caller
     * @return the current state of its jobs
     * @throws ValidationException if no stored job belongs to such a group
     * @throws AccessException if the caller may not see it
     */
    JobGroup group(String name, @Nullable String submitter);

    /**
     * Returns the jobs that failed or were cancelled because of this job and were not retried since, if the caller may see them.
     *
     * @param id failed or cancelled job that they depend on
     * @return IDs of these jobs
     */
    List<JobId> endedBecauseOf(JobId id, int limit);

    /** {@return all conditions that keep a job from starting} */
    Explanation explain(JobId id);

    /**
     * {@return the latest progress that the handler reported in the current run; empty if the job does not run on this host, or the handler
     * reported none}
     */
    Optional<Progress> progress(JobId id);
}

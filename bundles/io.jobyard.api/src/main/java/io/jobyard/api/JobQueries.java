// SPDX-License-Identifier: Apache-2.0
package io.jobyard.api;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Finds jobs and reads their state, without payloads and results. A method with a job id throws {@link JobNotFoundException} if the job
 * does not exist.
 */
@ProviderType
public interface JobQueries {

    /** {@return the job as it is now; while it runs, with its handler's first line} */
    Job status(JobId id);

    /**
     * Finds a job by the end of its id.
     *
     * @param idOrEnding an id, or the last characters of one
     * @throws JobNotFoundException if no id has this ending
     * @throws ValidationException if several ids have it, or it cannot be the end of an id
     */
    JobId resolve(String idOrEnding);

    /**
     * Lists jobs, the youngest first; only the caller's own if its roles do not allow it to see others.
     *
     * @param query filter and largest number
     * @return the jobs found; {@link JobPage#lookedBackTo} if the search ended early
     */
    JobPage find(JobQuery query);

    /**
     * Counts jobs, in total and by value; only the caller's own if its roles do not allow it to see others.
     *
     * @return the counts; {@link JobFacets.Coverage#lookedBackTo} if the count ended early
     */
    JobFacets facets(JobFilter filter);

    /**
     * Returns the ready jobs in starting order: by priority, by the turns of submitters, by the time since they became ready. Jobs that a
     * gate blocks keep their position, because others overtake them only until it opens. The early start of aged jobs is not considered.
     *
     * @param limit largest number, 1 to {@value PendingJob#MOST}
     * @return the matching jobs that the caller may see among the first {@value PendingJob#MOST} of all, each with its position among all;
     *     fewer where the order is only partly known
     * @throws AccessException if the filter names a submitter whose jobs the caller may not see
     * @throws ValidationException if the limit is out of range
     */
    List<PendingJob> pending(JobFilter filter, int limit);

    /**
     * Returns the queue in which a job is ready, runs or ran.
     *
     * @return that of the latest run while it runs and once the job is final; otherwise the requested one; otherwise the one that its type
     *     is routed to now, or {@link Job#DEFAULT_QUEUE}
     */
    String queue(Job job);

    /** {@return the ids of a job's dependencies, in the order of the specification} */
    List<JobId> dependencies(JobId id);

    /**
     * Returns the jobs around a job: its direct and indirect dependencies and dependents, and jobs that ended because of one of them.
     *
     * @param limit largest number of jobs on each side, from 1 to {@value JobGraph#MOST}
     * @return those that the caller may see, the nearest first
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
     * Returns the jobs that failed or were cancelled because this one ended badly, and were not retried since, if the caller may see them.
     *
     * @param id a job that they depend on
     * @return their ids
     */
    List<JobId> endedBecauseOf(JobId id, int limit);

    /** {@return everything that keeps a job from starting} */
    Explanation explain(JobId id);

    /** {@return the latest progress that a job's handler reported in this run; empty if it does not run here or reported none} */
    Optional<Progress> progress(JobId id);
}

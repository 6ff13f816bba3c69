// SPDX-License-Identifier: Apache-2.0
package io.jobyard.spi.reads;

import io.jobyard.api.JobGroup;
import io.jobyard.api.JobId;
import io.jobyard.spi.jobs.LaneKey;
import io.jobyard.spi.jobs.ReadyJob;
import io.jobyard.spi.jobs.StoredJob;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ProviderType;

/** Queries of jobs and their relations: keys, groups, lanes and dependencies. */
@ProviderType
public interface JobLookups {

    /**
     * Waits until the listeners have received all changes that were confirmed to callers. Call it before reading the state of a listener,
     * so that it includes the caller's own jobs. Returns immediately if a listener calls it.
     */
    void awaitListeners();

    /** Finds a job; empty if unknown. */
    Optional<StoredJob> job(JobId id);

    /** Finds several jobs; only those that exist. */
    Map<JobId, StoredJob> jobs(Collection<JobId> ids);

    /**
     * Returns the ready jobs of a lane after a position, in order. Reads only an index, and for an estimated lane also each row. Visits no
     * more rows than it returns.
     *
     * @param after position; null for the first job
     */
    List<ReadyJob> ready(LaneKey lane, @Nullable ReadyJob after, int limit);

    /**
     * Returns all ready jobs of several lanes after a position in each, in order, with one query. A lane without jobs may be missing. Each
     * lane is read to its end, so use it for small lanes.
     */
    default Map<LaneKey, List<ReadyJob>> ready(Map<LaneKey, ReadyJob> after) {
        Map<LaneKey, List<ReadyJob>> found = new HashMap<>();
        after.forEach((lane, position) -> found.put(lane, ready(lane, position, Integer.MAX_VALUE)));
        return found;
    }

    /**
     * Returns the jobs that hold keys of a submitter, by key, with one query for any number of keys. A key that no job holds is missing.
     */
    Map<String, JobId> keyHolders(String submitter, Collection<String> keys);

    /** Returns the unfinished job that holds a key; empty for none. */
    default Optional<JobId> keyHolder(String submitter, String key) {
        return Optional.ofNullable(keyHolders(submitter, List.of(key)).get(key));
    }

    /** Returns the job that has closed a group; empty if none has, or the group is unknown. */
    Optional<JobId> groupEnd(String submitter, String group);

    /** Returns the IDs of a group's jobs, ascending. */
    List<JobId> groupJobs(String submitter, String group, int limit);

    /** Returns the progress of a group; empty if no job of it is stored. Reads all its jobs, so the time depends on their number. */
    Optional<JobGroup> group(String submitter, String group);

    /** Returns the jobs that have dependencies, with the IDs of the dependencies in the order of the submit. */
    Map<JobId, List<JobId>> dependencies(Collection<JobId> ids);

    /** Returns the ids of a job's dependencies, in the order given at submit. */
    default List<JobId> dependencies(JobId id) {
        return dependencies(List.of(id)).getOrDefault(id, List.of());
    }

    /**
     * Returns the jobs that wait for this job, or are about to be released by its end, by ascending ID.
     *
     * @param after returns IDs above this one; null to begin
     */
    List<JobId> dependents(JobId parent, @Nullable JobId after, int limit);

    /**
     * Returns the jobs that failed or were cancelled because of this job and were not retried since, by ascending ID.
     *
     * @param after returns IDs above this one; null to begin
     */
    List<JobId> endedBecauseOf(JobId parent, @Nullable JobId after, int limit);

    /** Returns the payload of a job, a JSON object; empty if the job is unknown. */
    Optional<String> payload(JobId id);

    /** Returns the results of the completed jobs, JSON objects, in the requested order. */
    Map<JobId, String> results(Collection<JobId> ids);
}

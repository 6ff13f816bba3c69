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

/** Jobs as they are, and what holds them together: keys, groups, lanes and dependencies. */
@ProviderType
public interface JobLookups {

    /**
     * Waits until the listeners have heard of all changes whose callers were told: before a question to what a listener
     * keeps, so that who has submitted a job finds it counted. A listener that asks goes on at once.
     */
    void awaitListeners();

    /**
     * Looks a job up.
     *
     * @return the job; empty if there is none
     */
    Optional<StoredJob> job(JobId id);

    /**
     * Looks several jobs up.
     *
     * @return those that exist
     */
    Map<JobId, StoredJob> jobs(Collection<JobId> ids);

    /**
     * The ready jobs of a lane in order. Answered from an index alone, and for an estimated lane from one look at each
     * row besides; visits no more than it returns.
     *
     * @param after only what stands behind this place; null for the lane's head
     * @return places, the first first
     */
    List<ReadyJob> ready(LaneKey lane, @Nullable ReadyJob after, int limit);

    /**
     * All ready jobs of several lanes in order, in one question. Each lane is read to its end, so this is for those that hold few.
     *
     * @param after the lanes, each with the place behind which it is read
     * @return the places of each lane, the first first; a lane without any may be missing
     */
    default Map<LaneKey, List<ReadyJob>> ready(Map<LaneKey, ReadyJob> after) {
        Map<LaneKey, List<ReadyJob>> found = new HashMap<>();
        after.forEach((lane, position) -> found.put(lane, ready(lane, position, Integer.MAX_VALUE)));
        return found;
    }

    /**
     * Finds the jobs that hold keys, in one question however many the keys are.
     *
     * @param submitter owner of the keys
     * @return the job that holds each key, by the key; a key that no job holds is missing
     */
    Map<String, JobId> keyHolders(String submitter, Collection<String> keys);

    /**
     * Finds the job that holds a key.
     *
     * @param submitter owner of the key
     * @return the job that is not final and has it; empty if none
     */
    default Optional<JobId> keyHolder(String submitter, String key) {
        return Optional.ofNullable(keyHolders(submitter, List.of(key)).get(key));
    }

    /**
     * The end job of a group.
     *
     * @param submitter whose group
     * @return the job that has closed it; empty if none has, or there is no such group
     */
    Optional<JobId> groupEnd(String submitter, String group);

    /**
     * The jobs of a group.
     *
     * @param submitter whose group
     * @return their ids, rising
     */
    List<JobId> groupJobs(String submitter, String group, int limit);

    /**
     * How far a group is, read from its jobs: it takes as long as they are many.
     *
     * @param submitter whose group
     * @return the numbers; empty if no job of it is stored
     */
    Optional<JobGroup> group(String submitter, String group);

    /**
     * What each of several jobs was told to wait for.
     *
     * @return those that wait for any, each with their ids in the order given at submit
     */
    Map<JobId, List<JobId>> dependencies(Collection<JobId> ids);

    /**
     * The jobs that a job was told to wait for.
     *
     * @return their ids, in the order given at submit
     */
    default List<JobId> dependencies(JobId id) {
        return dependencies(List.of(id)).getOrDefault(id, List.of());
    }

    /**
     * The jobs that wait for this one, or are about to be told that it has ended.
     *
     * @param parent a job that they depend on
     * @param after only those with greater ids; null to begin
     * @return their ids, rising
     */
    List<JobId> dependents(JobId parent, @Nullable JobId after, int limit);

    /**
     * The jobs that ended because this one ended badly, and have had no other life since.
     *
     * @param parent a job that they depend on
     * @param after only those with greater ids; null to begin
     * @return their ids, rising
     */
    List<JobId> endedBecauseOf(JobId parent, @Nullable JobId after, int limit);

    /**
     * The payload of a job.
     *
     * @return a JSON object; empty if there is no such job
     */
    Optional<String> payload(JobId id);

    /**
     * The results of jobs.
     *
     * @return JSON objects, in the order asked, of those that completed
     */
    Map<JobId, String> results(Collection<JobId> ids);
}

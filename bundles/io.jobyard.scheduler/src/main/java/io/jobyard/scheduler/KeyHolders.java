// SPDX-License-Identifier: Apache-2.0
package io.jobyard.scheduler;

import io.jobyard.api.JobId;
import io.jobyard.api.JobStatus;
import io.jobyard.api.StoreException;
import io.jobyard.spi.jobs.StoredJob;
import io.jobyard.spi.reads.JobReads;
import io.jobyard.spi.store.JobKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Jobs that hold the keys of one call: stored jobs, read with two queries for any number of keys, and jobs of the call itself. */
final class KeyHolders {

    private final SubmissionBatch batch;
    private final JobReads reads;
    private final Instant now;
    private final Map<String, JobId> stored;
    private final Map<JobId, StoredJob> jobs;
    private final Map<String, JobId> inThisCall = new HashMap<>();
    private final Map<JobId, JobStatus> admitted = new HashMap<>();

    KeyHolders(String submitter, SubmissionBatch batch, JobReads reads, Instant now) {
        this.batch = batch;
        this.reads = reads;
        this.now = now;
        List<String> keys = batch.asked().stream()
                .map(one -> one.terms().identity().key())
                .filter(Objects::nonNull)
                .distinct()
                .toList();
        stored = keys.isEmpty() ? Map.of() : reads.keyHolders(submitter, keys);
        jobs = stored.isEmpty() ? Map.of() : reads.jobs(stored.values());
    }

    /** Returns the jobs of the call, in its order. If a key is held, the job that holds it is returned. */
    List<AskedJob> jobs(Function<Instant, JobId> nextId) {
        List<AskedJob> asked = new ArrayList<>();
        for (CheckedSpecification one : batch.asked()) {
            String key = one.terms().identity().key();
            Optional<JobId> holder = holder(key);
            JobId id = holder.orElseGet(() -> nextId.apply(now));
            if (key != null) {
                inThisCall.put(key, id);
            }
            JobId ended = holder.isPresent() ? null : ended(key);
            asked.add(new AskedJob(asked.size(), one, id, holder.isPresent(), ended, Set.of()));
        }
        return asked;
    }

    private Optional<JobId> holder(@Nullable String key) {
        if (key == null) {
            return Optional.empty();
        }
        JobId here = inThisCall.get(key);
        return here != null
                ? Optional.of(here)
                : Optional.ofNullable(stored.get(key)).filter(this::isHeld);
    }

    /** Returns the finished job that releases its key to a new job; null if no job releases it. */
    private @Nullable JobId ended(@Nullable String key) {
        JobId holder = key == null ? null : stored.get(key);
        return holder == null || isHeld(holder) ? null : holder;
    }

    void admit(JobId id, JobStatus status) {
        admitted.put(id, status);
    }

    /** Returns the status of a job that holds a key, as read from the store or decided in this call. */
    JobStatus status(JobId id) {
        JobStatus decided = admitted.get(id);
        return decided != null
                ? decided
                : Optional.ofNullable(jobs.get(id))
                        .or(() -> reads.job(id))
                        .map(job -> job.job().status())
                        .orElseThrow(() -> new StoreException(
                                "job " + id + " has the key but is not in the store; run a check of the store", null));
    }

    /** Returns whether the job still holds its key; false if it has finished, and held the key only until a time that has passed. */
    private boolean isHeld(JobId holder) {
        StoredJob job = jobs.get(holder);
        return job == null || JobKey.isHeld(job, now);
    }
}

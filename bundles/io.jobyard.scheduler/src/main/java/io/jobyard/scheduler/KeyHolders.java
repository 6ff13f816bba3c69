// SPDX-License-Identifier: Apache-2.0
package io.jobyard.scheduler;

import io.jobyard.api.JobId;
import io.jobyard.api.JobStatus;
import io.jobyard.api.StoreException;
import io.jobyard.spi.jobs.StoredJob;
import io.jobyard.spi.reads.JobReads;
import io.jobyard.spi.store.JobKey;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The jobs that hold the keys of one call: stored ones, read in two questions however many the keys are, and those of the call itself. */
final class KeyHolders {

    private final JobReads reads;
    private final Instant now;
    private final Map<String, JobId> stored;
    private final Map<JobId, StoredJob> jobs;
    private final Map<String, JobId> inThisCall = new HashMap<>();
    private final Map<JobId, JobStatus> admitted = new HashMap<>();

    KeyHolders(String submitter, SubmissionBatch batch, JobReads reads, Instant now) {
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

    /** Returns the job that a specification with this key means; empty if it makes a new one. */
    Optional<JobId> holder(@Nullable String key) {
        if (key == null) {
            return Optional.empty();
        }
        JobId here = inThisCall.get(key);
        return here != null
                ? Optional.of(here)
                : Optional.ofNullable(stored.get(key)).filter(this::isHeld);
    }

    /** Returns the job that has ended and gives its key to a new one; null if there is none. */
    @Nullable
    JobId ended(@Nullable String key) {
        JobId holder = key == null ? null : stored.get(key);
        return holder == null || isHeld(holder) ? null : holder;
    }

    void hold(@Nullable String key, JobId id) {
        if (key != null) {
            inThisCall.put(key, id);
        }
    }

    void admit(JobId id, JobStatus status) {
        admitted.put(id, status);
    }

    /** Returns the status of a job that holds a key, as it was read or decided. */
    JobStatus status(JobId id) {
        JobStatus decided = admitted.get(id);
        return decided != null
                ? decided
                : Optional.ofNullable(jobs.get(id))
                        .or(() -> reads.job(id))
                        .map(job -> job.job().status())
                        .orElseThrow(() -> new StoreException(
                                "job " + id + " has the key but is not in the store: a check of the store says more",
                                null));
    }

    /** False if it has ended, and held its key only for a time that is over. */
    private boolean isHeld(JobId holder) {
        StoredJob job = jobs.get(holder);
        return job == null || JobKey.isHeld(job, now);
    }
}

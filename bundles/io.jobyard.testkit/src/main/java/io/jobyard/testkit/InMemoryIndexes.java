// SPDX-License-Identifier: Apache-2.0
package io.jobyard.testkit;

import io.jobyard.api.JobId;
import io.jobyard.api.JobStatus;
import io.jobyard.spi.jobs.LaneKey;
import io.jobyard.spi.jobs.ReadyJob;
import io.jobyard.spi.jobs.StoredJob;
import io.jobyard.spi.store.JobKey;
import io.jobyard.spi.store.KeyTakenException;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Indexes of jobs: by key, by due time, and the ready jobs of each lane. */
final class InMemoryIndexes {

    /** Due time of a job. */
    record Due(Instant at, JobId id) {}

    final Map<JobKey, JobId> keys = new HashMap<>();
    final NavigableSet<Due> timers = new TreeSet<>(Comparator.comparing(Due::at).thenComparing(Due::id));
    final Map<LaneKey, NavigableSet<ReadyJob>> lanes = new HashMap<>();

    void refuseTakenKeys(List<StoredJob> stored) {
        stored.forEach(this::refuseTakenKey);
        JobKey.refuseTwice(stored);
    }

    void refuseTakenKey(StoredJob job) {
        JobKey key = JobKey.of(job);
        JobId holder = key == null ? null : keys.get(key);
        if (key != null && holder != null && !holder.equals(job.id())) {
            throw new KeyTakenException(key.key(), holder);
        }
    }

    /**
     * Updates the indexes for a change.
     *
     * @param before the job before the change; null for a new job
     */
    void follow(@Nullable StoredJob before, StoredJob after) {
        if (before != null) {
            unlist(before);
        }
        Instant dueAt = after.books().dueAt();
        if (dueAt != null) {
            timers.add(new Due(dueAt, after.id()));
        }
        if (after.job().status() == JobStatus.QUEUED) {
            lanes.computeIfAbsent(LaneKey.of(after), lane -> new TreeSet<>()).add(position(after));
        }
        JobKey key = JobKey.heldBy(after);
        if (key != null) {
            keys.put(key, after.id());
        }
    }

    private void unlist(StoredJob before) {
        Instant dueAt = before.books().dueAt();
        if (dueAt != null) {
            timers.remove(new Due(dueAt, before.id()));
        }
        if (before.job().status() == JobStatus.QUEUED) {
            lanes.computeIfPresent(LaneKey.of(before), (lane, positions) -> {
                positions.remove(position(before));
                return positions.isEmpty() ? null : positions;
            });
        }
        JobKey key = JobKey.heldBy(before);
        if (key != null) {
            keys.remove(key, before.id());
        }
    }

    private static ReadyJob position(StoredJob job) {
        Instant readyAt = job.books().readyAt();
        if (readyAt == null) {
            throw new IllegalArgumentException("job " + job.id() + " is queued without the instant it became ready");
        }
        return new ReadyJob(readyAt, job.id(), job.job().terms().demand().estimate());
    }
}

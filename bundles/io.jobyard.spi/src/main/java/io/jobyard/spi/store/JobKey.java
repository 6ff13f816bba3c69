// SPDX-License-Identifier: Apache-2.0
package io.jobyard.spi.store;

import io.jobyard.api.JobId;
import io.jobyard.spi.jobs.StoredJob;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Key, which the store keeps unique among the unfinished jobs of one submitter. */
public record JobKey(String submitter, String key) {

    /** Returns the key that a job names, whether or not the job holds it; null for none. */
    public static @Nullable JobKey of(StoredJob job) {
        String key = job.job().terms().identity().key();
        return key == null ? null : new JobKey(job.job().submitter(), key);
    }

    /**
     * Returns the key that a job holds; null for none. An unfinished job holds the key that it names. A finished job with a {@code
     * keyUntil} holds the key until another job takes it.
     */
    public static @Nullable JobKey heldBy(@Nullable StoredJob job) {
        return job == null || job.job().status().isFinished() && !isThrottled(job) ? null : of(job);
    }

    private static boolean isThrottled(StoredJob job) {
        Instant until = job.job().terms().identity().keyUntil();
        Instant end = job.job().state().completedAt();
        return until != null && end != null && end.isBefore(until);
    }

    /** Returns whether a job still holds its key at an instant; false if it has finished and its {@code keyUntil} has passed. */
    public static boolean isHeld(StoredJob job, Instant now) {
        Instant until = job.job().terms().identity().keyUntil();
        return !job.job().status().isFinished() || until != null && until.isAfter(now);
    }

    /** Returns the holders of several keys of one submitter, from a function that returns null for a key without a holder. */
    public static Map<String, JobId> found(
            String submitter, Collection<String> keys, Function<JobKey, @Nullable JobId> find) {
        Map<String, JobId> found = new HashMap<>();
        for (String key : keys) {
            JobId holder = find.apply(new JobKey(submitter, key));
            if (holder != null) {
                found.put(key, holder);
            }
        }
        return found;
    }

    /**
     * Rejects jobs of one admission that name the same key.
     *
     * @throws KeyTakenException if two jobs do; it contains the first of them
     */
    public static void refuseTwice(Collection<StoredJob> jobs) {
        Map<JobKey, StoredJob> first = new HashMap<>();
        for (StoredJob job : jobs) {
            JobKey key = of(job);
            StoredJob holder = key == null ? null : first.putIfAbsent(key, job);
            if (key != null && holder != null) {
                throw new KeyTakenException(key.key(), holder.id());
            }
        }
    }
}

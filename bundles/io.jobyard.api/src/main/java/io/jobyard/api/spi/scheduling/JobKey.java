// SPDX-License-Identifier: Apache-2.0
package io.jobyard.api.spi.scheduling;

import io.jobyard.api.spi.StoredJob;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A key as the store keeps it unique: among the jobs of one submitter that are not final.
 *
 * @param submitter whose key
 * @param key the key
 */
public record JobKey(String submitter, String key) {

    /**
     * The key that a job names, whether it holds it or not.
     *
     * @param job the job
     * @return the key; null if it names none
     */
    public static @Nullable JobKey of(StoredJob job) {
        String key = job.job().terms().key();
        return key == null ? null : new JobKey(job.job().submitter(), key);
    }

    /**
     * The key that a job holds: the one it names, while it is not final.
     *
     * @param job the job; null for one that is not there yet
     * @return the key; null if it holds none
     */
    public static @Nullable JobKey heldBy(@Nullable StoredJob job) {
        return job == null || job.job().status().isFinal() ? null : of(job);
    }

    /**
     * Refuses jobs of one admission that name the same key.
     *
     * @param jobs the jobs
     * @throws KeyTakenException if two do, with the first of them
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

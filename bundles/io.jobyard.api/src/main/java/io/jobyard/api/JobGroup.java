// SPDX-License-Identifier: Apache-2.0
package io.jobyard.api;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How far a group of jobs is. A snapshot.
 *
 * @param name its name among the groups of its submitter
 * @param submitter whose jobs they are
 * @param byStatus how many of its jobs are stored, by status; without those that have none
 * @param endJob the job that waits for all of them; it closed the group and is none of its jobs; null if there is none
 */
public record JobGroup(
        String name,
        String submitter,
        Map<JobStatus, Long> byStatus,
        @Nullable JobId endJob) {

    /** How many jobs an end job waits for at most. */
    public static final int MOST = 20_000;

    public JobGroup {
        Map<JobStatus, Long> sorted = new EnumMap<>(JobStatus.class);
        sorted.putAll(byStatus);
        byStatus = Collections.unmodifiableMap(sorted);
    }

    /**
     * How many jobs of the group are stored; old ones may have been removed.
     *
     * @return at least 1
     */
    public long total() {
        return byStatus.values().stream().mapToLong(Long::longValue).sum();
    }

    /**
     * How many of them have ended, whatever came of them.
     *
     * @return 0 to {@link #total()}
     */
    public long done() {
        return byStatus.entrySet().stream()
                .filter(status -> status.getKey().isFinished())
                .mapToLong(Map.Entry::getValue)
                .sum();
    }

    /**
     * Whether all of its jobs have ended. One without an end job may get more.
     *
     * @return true if none waits, is queued or runs
     */
    public boolean isFinished() {
        return done() == total();
    }
}

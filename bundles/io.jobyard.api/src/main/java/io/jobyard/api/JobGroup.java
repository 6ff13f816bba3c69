// SPDX-License-Identifier: Apache-2.0
package io.jobyard.api;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Progress of a group of jobs. Snapshot.
 *
 * @param name its name among the groups of its submitter
 * @param submitter owner of the jobs
 * @param byStatus number of stored jobs by status; a status without jobs is omitted
 * @param endJob job that depends on all jobs of the group and has closed the group, without belonging to it; null if the group has no end
 * job
 */
public record JobGroup(
        String name,
        String submitter,
        Map<JobStatus, Long> byStatus,
        @Nullable JobId endJob) {

    /** Maximum number of jobs that an end job waits for. */
    public static final int MOST = 20_000;

    public JobGroup {
        Map<JobStatus, Long> sorted = new EnumMap<>(JobStatus.class);
        sorted.putAll(byStatus);
        byStatus = Collections.unmodifiableMap(sorted);
    }

    /** {@return the number of stored jobs of the group, at least 1; old jobs may have been removed} */
    public long total() {
        return byStatus.values().stream().mapToLong(Long::longValue).sum();
    }

    /** {@return the number of finished jobs, with any result; 0 to {@link #total()}} */
    public long done() {
        return byStatus.entrySet().stream()
                .filter(status -> status.getKey().isFinished())
                .mapToLong(Map.Entry::getValue)
                .sum();
    }

    /** Returns whether no job of the group is waiting, queued or running. More jobs may join a group without an end job. */
    public boolean isFinished() {
        return done() == total();
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.jobyard.spi.store;

import io.jobyard.api.JobStatus;
import io.jobyard.spi.cluster.ServingHost;
import io.jobyard.spi.jobs.LaneKey;
import io.jobyard.spi.jobs.ReadyJob;
import io.jobyard.spi.jobs.SlotKind;
import io.jobyard.spi.jobs.StoredJob;
import org.jspecify.annotations.Nullable;

/**
 * Ready job that was taken from its lane in memory. {@code JobStore.claim} decides whether it runs.
 *
 * @param position position of the job in its lane
 * @param elsewhere other host that must run it; null for this host
 * @param fault reason why it must fail, because it needs more than a limit can ever provide; otherwise null
 * @param range version range by which its handler was chosen: a single version for a job that keeps the version of its first run; null for
 * any
 * @param slots kind of slot that it occupies on its host
 */
public record ClaimCandidate(
        LaneKey lane,
        ReadyJob position,
        String queue,
        @Nullable ServingHost elsewhere,
        @Nullable String fault,
        @Nullable String range,
        SlotKind slots) {

    /** Creates a candidate for a thread, whose handler was chosen by the range of its lane. */
    public ClaimCandidate(
            LaneKey lane, ReadyJob position, String queue, @Nullable ServingHost elsewhere, @Nullable String fault) {
        this(lane, position, queue, elsewhere, fault, lane.handlerVersion(), SlotKind.THREAD);
    }

    /** Creates a candidate for a thread that must run. */
    public ClaimCandidate(LaneKey lane, ReadyJob position, String queue, @Nullable ServingHost elsewhere) {
        this(lane, position, queue, elsewhere, null);
    }

    /** Creates a candidate for a thread of this host. */
    public ClaimCandidate(LaneKey lane, ReadyJob position, String queue) {
        this(lane, position, queue, null);
    }

    /**
     * Returns whether a job is still queued at this position, in this lane, since the same instant. The gates were checked for this lane.
     * If the job has changed since, they must be checked again.
     */
    public boolean isOf(StoredJob job) {
        return job.job().status() == JobStatus.QUEUED
                && position.readyAt().equals(job.books().readyAt())
                && lane.equals(LaneKey.of(job));
    }
}

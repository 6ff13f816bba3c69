// SPDX-License-Identifier: Apache-2.0
package io.jobyard.spi.jobs;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Internal state of a job.
 *
 * @param version number of the job's changes, from 1; every change checks and increments it, and it is the key of the history
 * @param pending number of unfinished dependencies
 * @param losses number of runs during which the host was lost
 * @param cancelRequested whether a cancel was requested; then the job ends as cancelled, whatever its run does
 * @param incarnation incarnation that holds the run; null unless running
 * @param readyAt time at which the job became ready: its position in the lane, kept when a run is requeued; null before
 * @param dueAt time at which the state changes without a request (its start, its next attempt, its expiry); null for none
 * @param versions stored versions of its handler
 */
public record SchedulingState(
        int version,
        int pending,
        int losses,
        boolean cancelRequested,
        @Nullable UUID incarnation,
        @Nullable Instant readyAt,
        @Nullable Instant dueAt,
        JobVersions versions) {

    /** Number of losses after which a job does not run at the same time as another such job, and a further loss counts as an attempt. */
    public static final int SUSPECT_LOSSES = 2;

    /** Creates the internal state of a job without known versions. */
    public SchedulingState(
            int version,
            int pending,
            int losses,
            boolean cancelRequested,
            @Nullable UUID incarnation,
            @Nullable Instant readyAt,
            @Nullable Instant dueAt) {
        this(version, pending, losses, cancelRequested, incarnation, readyAt, dueAt, JobVersions.NONE);
    }

    /** Returns whether the job may be the cause of the crashes of its hosts: true after {@value #SUSPECT_LOSSES} losses. */
    public boolean isSuspect() {
        return losses >= SUSPECT_LOSSES;
    }
}

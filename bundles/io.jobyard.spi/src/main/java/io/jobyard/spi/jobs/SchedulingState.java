// SPDX-License-Identifier: Apache-2.0
package io.jobyard.spi.jobs;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Internal state of a job.
 *
 * @param version counts the job's changes, from 1; every change compares and sets it, and the history is keyed by it
 * @param pending number of unfinished dependencies
 * @param losses number of runs that ended with their host
 * @param cancelRequested whether a cancel was requested; then the run ends cancelled, with any result
 * @param incarnation the incarnation that holds the run; null unless running
 * @param readyAt when the job became ready: its position in the lane, kept when a run is requeued; null before
 * @param dueAt when time moves the job (its start, its next attempt, its expiry); null if it does not
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

    /**
     * After this many losses of the host, a job does not run at the same time as another such job, and a further loss counts as an attempt.
     */
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

    /** Whether the job may be the one that ends its hosts: true after {@value #SUSPECT_LOSSES} losses. */
    public boolean isSuspect() {
        return losses >= SUSPECT_LOSSES;
    }
}

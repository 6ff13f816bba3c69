// SPDX-License-Identifier: Apache-2.0
package io.jobyard.spi.jobs;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What the host keeps of a job for itself.
 *
 * @param version counts the job's changes, from 1; every change compares and sets it, and the history is keyed by it
 * @param pending how many dependencies are not finished
 * @param losses how many runs ended with their host
 * @param cancelRequested whether somebody asked to end the run; then it ends cancelled, whatever follows
 * @param incarnation the incarnation that holds the run; null unless running
 * @param readyAt when the job became ready: its place in the lane, kept when a run is given back; null before
 * @param dueAt when time moves the job on (its start, its next attempt, its expiry); null if time does not
 * @param versions what is kept of versions of its handler
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

    /** After so many losses of the host a job no longer runs beside another such job, and a further loss is charged. */
    public static final int SUSPECT_LOSSES = 2;

    /**
     * The books of a job of whose versions nothing is known.
     *
     * @param version counts the job's changes, from 1
     * @param pending how many dependencies are not finished
     * @param losses how many runs ended with their host
     * @param cancelRequested whether somebody asked to end the run
     * @param incarnation the incarnation that holds the run; null unless running
     * @param readyAt when the job became ready; null before
     * @param dueAt when time moves the job on; null if time does not
     */
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

    /**
     * Tells whether the job may be what ends its hosts.
     *
     * @return true after {@value #SUSPECT_LOSSES} losses
     */
    public boolean isSuspect() {
        return losses >= SUSPECT_LOSSES;
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.jobyard.api;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Snapshot of a job's state.
 *
 * @param reason explanation of the status if needed; otherwise null
 * @param changedAt when the job entered this state
 * @param completedAt time at which the job finished; null if it has not finished
 * @param error error of the latest run that did not complete; null for none
 * @param run latest run of the job
 */
public record JobState(
        JobStatus status,
        @Nullable Reason reason,
        Instant changedAt,
        @Nullable Instant completedAt,
        @Nullable String error,
        RunState run) {

    /**
     * Latest run of a job, and counts.
     *
     * @param number number of handler starts; it never falls
     * @param attempt number of runs that count against {@code maxRetries}; restarts when an operator retries the job
     * @param startedAt time at which the handler began; null if it has not begun. While a job runs, only its host knows this time, which
     * is stored with the outcome
     * @param host host of the run; null before the first run
     * @param queue queue of the run, even if the type is routed to another queue later; null before the first run
     * @param begunWith handler version of the first run, which the job keeps while a host serves it; null before the first run, after an
     * operator's retry, and after the job has left a canary
     */
    public record RunState(
            int number,
            int attempt,
            @Nullable Instant startedAt,
            @Nullable String host,
            @Nullable String queue,
            @Nullable String begunWith) {

        /** State of a job that has not run. */
        public static final RunState NONE = new RunState(0, 0, null, null, null, null);
    }

    /** Replaces U+0000 and unpaired surrogates by U+FFFD, because some stores cannot hold them. */
    public JobState {
        error = StorableText.ofAny(error);
    }

    /** {@return whether the queue of the latest run applies: true for a job that has run and is running or finished} */
    public boolean staysInQueue() {
        return run.queue != null && status != JobStatus.WAITING && status != JobStatus.QUEUED;
    }
}

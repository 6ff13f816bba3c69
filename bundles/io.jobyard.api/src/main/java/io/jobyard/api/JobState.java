// SPDX-License-Identifier: Apache-2.0
package io.jobyard.api;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * State of a job at one moment.
 *
 * @param reason explanation of the status if needed; otherwise null
 * @param changedAt when the job entered this state
 * @param completedAt when the job became final; null before
 * @param error the error of the latest run that did not complete; null without one
 * @param run its latest run
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
     * @param number number of handler starts; only rises
     * @param attempt number of runs that count against {@code maxRetries}; starts again when an operator retries the job
     * @param startedAt the first line of the handler; null before. While a job runs, only its host knows the time; it is stored with the
     *     outcome
     * @param host null before the first
     * @param queue stays when the job's type is routed to another queue; null before the first
     * @param begunWith the handler version that the job began with, which it keeps while a host serves it; null before the first run, after
     *     an operator's retry, and once it has left a canary
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

    /** Replaces characters that not every store can hold by U+FFFD: U+0000 and unpaired surrogates. */
    public JobState {
        error = StorableText.ofAny(error);
    }

    /**
     * {@return whether the queue of the latest run applies, until the job is ready or waits again: true for a job that has run and is
     * running or final}
     */
    public boolean staysInQueue() {
        return run.queue != null && status != JobStatus.WAITING && status != JobStatus.QUEUED;
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.jobyard.api;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Where a job stood at one moment.
 *
 * @param reason why, where the status alone does not say; else null
 * @param changedAt when the job came into this state
 * @param completedAt when the job became final; null before
 * @param error what went wrong in the latest run that did not complete; null if nothing did
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
     * The latest run of a job, and how many there were.
     *
     * @param number how often the handler was started; rises for ever and is never given back
     * @param attempt the runs charged to {@code maxRetries}; starts again when an operator retries the job
     * @param startedAt the first line of the handler; null before. While a job runs its host knows it, the store learns it with
     *     the outcome
     * @param host null before the first
     * @param queue stays when the job's type is routed elsewhere; null before the first
     * @param begunWith the version of the handler that the job began with, by which it stays while a host serves it; null before the
     *     first run, after an operator's retry, and once it has left a canary
     */
    public record RunState(
            int number,
            int attempt,
            @Nullable Instant startedAt,
            @Nullable String host,
            @Nullable String queue,
            @Nullable String begunWith) {

        /** Of a job that has not run. */
        public static final RunState NONE = new RunState(0, 0, null, null, null, null);
    }

    /** Puts U+FFFD in the place of what not every store can hold in the error: U+0000 and halves of surrogate pairs. */
    public JobState {
        error = StorableText.ofAny(error);
    }

    /**
     * Whether the queue of the latest run is the one to be told: until the job is ready or waits again.
     *
     * @return true for a job that has run and is running or final
     */
    public boolean staysInQueue() {
        return run.queue != null && status != JobStatus.WAITING && status != JobStatus.QUEUED;
    }
}

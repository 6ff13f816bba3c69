// SPDX-License-Identifier: Apache-2.0
package io.jobyard.api;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ProviderType;

/** Changes of single jobs. Each method with a job ID throws {@link JobNotFoundException} if the job does not exist. */
@ProviderType
public interface JobControl {

    /**
     * Cancels a job. A waiting or queued job ends at once. For a running job, this method stores the request, and the host then asks the
     * handler to end. The job ends as cancelled, whatever its handler does.
     *
     * @return the job: cancelled, or still running
     * @throws StateConflictException if the job has finished
     */
    Job cancel(JobId id);

    /**
     * Retries a failed or cancelled job. The job gets all its attempts again, and the count of its runs continues. It waits for the same
     * conditions as before: unfinished dependencies, and {@code notBefore}. The job's policy applies again to a dependency that failed or
     * was cancelled. A removed dependency does not block the job.
     *
     * @return the job, which is queued or waiting
     * @throws StateConflictException if the job is neither failed nor cancelled, has expired, or another job holds its key
     */
    Job retry(JobId id);

    /**
     * Retries a job like {@link #retry(JobId)}, and repeats a step and all later steps. The earlier results of these steps remain readable.
     *
     * @param fromStep name of the first step or wait to repeat
     * @return the job, which is queued or waiting
     * @throws StateConflictException as in {@link #retry(JobId)}
     * @throws ValidationException if the job has no step with this name; the message lists the existing names
     */
    Job retry(JobId id, String fromStep);

    /**
     * Retries a job like {@link #retry(JobId)}, together with the jobs that failed or were cancelled because of it, directly or
     * indirectly. These dependents wait for the job again. A dependent that was already retried remains unchanged, but its own dependents
     * are included. A dependent that cannot be retried does not affect the others. The call uses several commits: after a crash, repeat
     * it to complete the rest.
     *
     * @throws StateConflictException if nothing can be retried, or the job has expired, or another job holds its key
     */
    Retried retryWithDependents(JobId id);

    /**
     * Changes the terms of a job that has not started. The history contains the old and new values.
     *
     * @param change the new values
     * @return the job after the change; unchanged if it already has the values
     * @throws StateConflictException if the job is running or has finished
     * @throws JobChangedException if the change requires an unchanged job, and the job has changed
     * @throws ValidationException if a value is invalid, or no value is given
     */
    Job change(JobId id, JobChange change);

    /**
     * Makes a job ready that waits for a time: its {@code notBefore}, its next attempt, the end of a provider's limit, or the end of its
     * sleep.
     *
     * @return the job, which is queued
     * @throws StateConflictException if the job does not wait for a time, or has expired
     */
    Job runNow(JobId id);

    /**
     * Sends a signal to a job, whose handler waits for it with {@code JobContext.signal}. The signal is stored when this method returns,
     * even if no handler waits yet.
     *
     * @param name name of the signal: 1 to 100 of the characters {@code A-Z a-z 0-9 . _ -}
     * @param value a JSON value: a map, list, text, number or boolean; not null
     * @return the job, which is ready if it waited for the signal
     * @throws StateConflictException if the job has finished
     * @throws ValidationException if the name is invalid, or the value is null, is not JSON, or has more than {@code max.payload.bytes}
     * @throws QuotaException if the job already has 100 unused signals
     */
    Job signal(JobId id, String name, @Nullable Object value);

    /**
     * Answers a callback of a job. The token is the only permission needed; the first answer counts.
     *
     * @param token from {@code Callback.token}
     * @param value a JSON value; not null
     * @throws ValidationException if the token is invalid, or the value is null, is not JSON, or has more than {@code max.payload.bytes}
     * @throws StateConflictException if the callback is already answered, or its job has finished or was removed
     */
    JobId completeCallback(String token, @Nullable Object value);

    /**
     * Answers a callback of a job with a failure.
     *
     * @param token from {@code Callback.token}
     * @param error description of the failure; cut after 1,000 characters
     * @throws ValidationException if the token is invalid
     * @throws StateConflictException if the callback is already answered, or its job has finished or was removed
     */
    JobId failCallback(String token, String error);

    /**
     * Pauses a waiting or queued job. The job does not start until it is resumed or the time is reached, even after a restart of the host.
     * Its dependencies, {@code expires} and deadline still apply and may end it. A pause never makes the next attempt earlier. A further
     * pause replaces the first. If a paused job is cancelled and retried, it is no longer paused.
     *
     * @param reason shown to users; null for none
     * @param until time at which the pause ends; null if only a resume ends it
     * @return the current state of the job
     * @throws StateConflictException if the job is running or has finished
     * @throws ValidationException if the reason has more than 1,000 characters, or the time has passed
     */
    Job pauseJob(JobId id, @Nullable String reason, @Nullable Instant until);

    /**
     * Ends the pause of a job. If no other condition blocks the job, it becomes ready, after the jobs that are already ready.
     *
     * @return the current state of the job
     * @throws StateConflictException if the job is not paused
     */
    Job resumeJob(JobId id);
}

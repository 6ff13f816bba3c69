// SPDX-License-Identifier: Apache-2.0
package io.jobyard.api;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ProviderType;

/** Changes of single jobs. A method with a job id throws {@link JobNotFoundException} if the job does not exist. */
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
     * Retries a failed or cancelled job: it has all its attempts again, and its runs are counted on. It waits for the same conditions as
     * before: dependencies that have not completed, and {@code notBefore}. The job's policy is applied again to a dependency that ended
     * badly; a dependency that was removed meanwhile blocks no job.
     *
     * @return the job, queued or waiting
     * @throws StateConflictException if the job is neither failed nor cancelled, has expired, or another job holds its key
     */
    Job retry(JobId id);

    /**
     * Retries a job like {@link #retry(JobId)}, and repeats a step and all later ones. Their earlier results can still be read.
     *
     * @param fromStep the name of the first step, or wait, to repeat
     * @return the job, queued or waiting
     * @throws StateConflictException as in {@link #retry(JobId)}
     * @throws ValidationException if the job has no step with this name, with the existing ones
     */
    Job retry(JobId id, String fromStep);

    /**
     * Retries a job like {@link #retry(JobId)}, and also the jobs that ended because it ended badly, directly or through others: they wait
     * for it again. A job that was already retried stays as it is; its dependents are included. A dependent that cannot be retried does not
     * prevent the others. This is not one commit: after a crash in the middle, the same call does the rest.
     *
     * @throws StateConflictException if nothing can be retried, or the job has expired, or another job holds its key
     */
    Retried retryWithDependents(JobId id);

    /**
     * Changes the terms of a job that has not started. The history contains the old and new values.
     *
     * @param change the new values
     * @return the job after the change; unchanged if it already has the values
     * @throws StateConflictException if the job runs or is final
     * @throws JobChangedException if the change was requested only for the job as it was read, and it has changed
     * @throws ValidationException if a value is invalid, or no value is given
     */
    Job change(JobId id, JobChange change);

    /**
     * Makes a job ready that waits for time: for its {@code notBefore}, its next attempt, a provider's limit, or the end of its sleep.
     *
     * @return the job, queued
     * @throws StateConflictException if it does not wait for time, or has expired
     */
    Job runNow(JobId id);

    /**
     * Sends a job a signal, which a handler waits for by {@code JobContext.signal}. It is stored when this method returns, even if no wait
     * exists yet.
     *
     * @param name its name: 1 to 100 of the characters {@code A-Z a-z 0-9 . _ -}
     * @param value a JSON value: a map, list, text, number or boolean; not null
     * @return the job: ready, if it waited for the signal
     * @throws StateConflictException if the job is final
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
     * @throws StateConflictException if it is already answered, or its job is final or was removed
     */
    JobId completeCallback(String token, @Nullable Object value);

    /**
     * Answers a callback of a job with a failure.
     *
     * @param token from {@code Callback.token}
     * @param error description of the failure; cut at 1,000 characters
     * @throws ValidationException if the token is invalid
     * @throws StateConflictException if it is already answered, or its job is final or was removed
     */
    JobId failCallback(String token, String error);

    /**
     * Pauses one waiting or queued job: it does not start until it is resumed or the time is reached, even after a restart of the host.
     * Meanwhile it waits for its dependencies, and ends if one of them ends it; its {@code expires} and its deadline apply. A job that
     * waits for its next attempt does not start it earlier than without the pause. A further pause replaces the first. A retry of a job
     * that was cancelled while paused does not restore the pause.
     *
     * @param reason shown to users; null for none
     * @param until when the pause ends; null if only a resume ends it
     * @return the job as it is now
     * @throws StateConflictException if it is running, or has ended
     * @throws ValidationException if the reason has more than 1,000 characters, or the time has passed
     */
    Job pauseJob(JobId id, @Nullable String reason, @Nullable Instant until);

    /**
     * Ends the pause of a job. It waits for its other conditions, if any; otherwise it is ready, after jobs that were already ready.
     *
     * @return the job as it is now
     * @throws StateConflictException if it is not paused
     */
    Job resumeJob(JobId id);
}

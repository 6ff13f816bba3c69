// SPDX-License-Identifier: Apache-2.0
package io.jobyard.api;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Changes what becomes of single jobs. A method that is asked for a job throws {@link JobNotFoundException} if there is no such
 * job.
 */
@ProviderType
public interface JobControl {

    /**
     * Ends a job. One that waits or is queued is cancelled at once. One that runs is asked to end: that is stored before
     * this returns, and whatever the handler then does, the job ends cancelled.
     *
     * @return the job: cancelled, or still running for a while
     * @throws StateConflictException if the job is final
     */
    Job cancel(JobId id);

    /**
     * Gives a failed or cancelled job another life: all its attempts are there again; runs are counted on. What it waited
     * for holds it again: dependencies that have not completed, and {@code notBefore}. A dependency that ended badly is
     * judged by the job's policy again; one that was removed meanwhile holds nobody.
     *
     * @return the job, queued or waiting
     * @throws StateConflictException if the job has not failed and is not cancelled, has expired, or another job holds
     *     its key
     */
    Job retry(JobId id);

    /**
     * Retries a job like {@link #retry(JobId)}, and has it do a step and all later ones again. What these gave is kept, to be read.
     *
     * @param fromStep the name of the first step, or wait, that is to be done again
     * @return the job, queued or waiting
     * @throws StateConflictException as of {@link #retry(JobId)}
     * @throws ValidationException if the job has no step of that name; says which it has
     */
    Job retry(JobId id, String fromStep);

    /**
     * Retries a job like {@link #retry(JobId)}, and those that ended because it ended badly, and those that ended because of
     * these: they wait for it again. A job that was retried already stays as it is, and its dependents are taken along.
     * What cannot be done to one dependent does not keep it from the others. Not one commit: after a crash in the middle,
     * the same call does the rest.
     *
     * @throws StateConflictException if there is nothing to retry, or the job has expired, or another holds its key
     */
    Retried retryWithDependents(JobId id);

    /**
     * Changes what was agreed about a job that has not started. The history says what from, and what to.
     *
     * @param change what is to be different
     * @return the job after the change; as it was if it was like that already
     * @throws StateConflictException if the job runs or is final
     * @throws JobChangedException if it was to be changed only as it was read, and has changed since
     * @throws ValidationException if a value is wrong, or there is nothing to change
     */
    Job change(JobId id, JobChange change);

    /**
     * Makes a job ready that waits for time: for its {@code notBefore}, its next attempt, a limit that its handler met, or the
     * end of its sleep.
     *
     * @return the job, queued
     * @throws StateConflictException if it does not wait for time, or has expired
     */
    Job runNow(JobId id);

    /**
     * Gives a job a signal, which a handler waits for by {@code JobContext.signal}. It is stored when this returns, also if nobody waits
     * for it yet.
     *
     * @param name its name: 1 to 100 of the characters {@code A-Z a-z 0-9 . _ -}
     * @param value a JSON value: a map, list, text, number or boolean; not null
     * @return the job: ready, if it waited for that
     * @throws StateConflictException if the job is final
     * @throws ValidationException if the name is none, or the value is null, is no JSON, or has more than {@code max.payload.bytes}
     * @throws QuotaException if the job has 100 signals already that nothing has taken
     */
    Job signal(JobId id, String name, @Nullable Object value);

    /**
     * Answers a callback of a job. Whoever has its token may, and it takes no other permission; the first answer counts.
     *
     * @param token as {@code Callback.token} gave it
     * @param value a JSON value; not null
     * @throws ValidationException if it is no token, or the value is null, is no JSON, or has more than {@code max.payload.bytes}
     * @throws StateConflictException if it is answered, or its job is final or not there any more
     */
    JobId completeCallback(String token, @Nullable Object value);

    /**
     * Answers a callback of a job with a failure.
     *
     * @param token as {@code Callback.token} gave it
     * @param error what went wrong; cut at 1,000 characters
     * @throws ValidationException if it is no token
     * @throws StateConflictException if it is answered, or its job is final or not there any more
     */
    JobId failCallback(String token, String error);

    /**
     * Pauses one job that waits or is queued: it does not start until it is resumed or the time comes, also after a restart of the host. It waits
     * for its dependencies meanwhile, and ends if one of them has it end; its {@code expires} and its deadline hold. A job that waits for its next attempt
     * begins that no earlier than it would have. A further pause replaces the first. A retry of a job that was cancelled while it was paused does not bring the pause back.
     *
     * @param reason why, for whoever asks; null to say nothing
     * @param until when the pause ends by itself; null if only a resume ends it
     * @return the job as it is now
     * @throws StateConflictException if it runs, or has ended
     * @throws ValidationException if the reason has more than 1,000 characters, or the time has passed
     */
    Job pauseJob(JobId id, @Nullable String reason, @Nullable Instant until);

    /**
     * Ends the pause of a job. What else it waits for holds it on; if nothing does it is ready, behind those that were ready before.
     *
     * @return the job as it is now
     * @throws StateConflictException if it is not paused
     */
    Job resumeJob(JobId id);
}

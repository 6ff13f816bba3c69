// SPDX-License-Identifier: Apache-2.0
package io.jobyard.api;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The service that takes jobs. Each bundle gets one of its own, so that the host knows who asked.
 *
 * <p>Every method may throw {@link StoreException} when the store cannot answer, and {@link AccessException} when the caller's roles do not
 * allow it: then nothing was changed.
 */
@ProviderType
public interface JobManager {

    /**
     * Stores a job. Returns after the commit: from then on the job survives the end of the process. A job that asks for
     * a level beyond the best that the caller's roles allow gets that one, and its history says so.
     *
     * @param specification what is asked
     * @return the job's id and status
     * @throws ValidationException if something in the specification is wrong; says what and how to mend it
     * @throws QuotaException if the host takes no more just now, or no more of the caller's
     */
    Submission submit(JobSpecification specification);

    /**
     * Says what a submit would come to now: checks it, and asks the gates, and stores nothing.
     *
     * @param specification what is asked
     * @return what would become of it; also that it would be refused, and why
     * @throws AccessException if the caller may not submit this
     */
    Preview preview(JobSpecification specification);

    /**
     * Stores several jobs, all or none. They may depend on each other by their names.
     *
     * <p>The list is read once, from its first element to its last, and each payload is written and let go before the
     * next is asked for: a list that makes its elements when they are asked for needs no memory for all of them.
     *
     * @param specifications what is asked; at most {@code max.batch.jobs}, and with payloads of at most {@code
     *     max.batch.bytes} of JSON together if there are several
     * @return an answer for each, in the same order
     * @throws ValidationException if something in one of them is wrong, they are too many or too large together, or they
     *     depend on each other in a circle
     * @throws QuotaException if the host takes no more just now
     */
    List<Submission> submitAll(List<JobSpecification> specifications);

    /**
     * Looks a job up.
     *
     * @return the job as it is now
     * @throws JobNotFoundException if there is no such job
     */
    Job job(JobId id);

    /**
     * Waits until a job is final, or for so long.
     *
     * @param atMost how long to wait; zero only looks
     * @return the job: final, or as it was when the time was over
     * @throws JobNotFoundException if there is no such job
     * @throws InterruptedException if the thread is interrupted while it waits
     */
    Job await(JobId id, Duration atMost) throws InterruptedException;

    /**
     * Ends a job. One that waits or is queued is cancelled at once. One that runs is asked to end: that is stored before
     * this returns, and whatever the handler then does, the job ends cancelled.
     *
     * @return the job: cancelled, or still running for a while
     * @throws JobNotFoundException if there is no such job
     * @throws StateConflictException if the job is final
     */
    Job cancel(JobId id);

    /**
     * Gives a failed or cancelled job another life: all its attempts are there again; runs are counted on. What it waited
     * for holds it again: dependencies that have not completed, and {@code notBefore}. A dependency that ended badly is
     * judged by the job's policy again; one that was removed meanwhile holds nobody.
     *
     * @return the job, queued or waiting
     * @throws JobNotFoundException if there is no such job
     * @throws StateConflictException if the job has not failed and is not cancelled, has expired, or another job holds
     *     its key
     */
    Job retry(JobId id);

    /**
     * Retries a job like {@link #retry(JobId)}, and has it do a step and all later ones again. What these gave is kept, to be read.
     *
     * @param fromStep the name of the first step, or wait, that is to be done again
     * @return the job, queued or waiting
     * @throws JobNotFoundException if there is no such job
     * @throws StateConflictException as of {@link #retry(JobId)}
     * @throws ValidationException if the job has no step of that name; says which it has
     */
    Job retry(JobId id, String fromStep);

    /**
     * Gives a job a signal, which a handler waits for by {@code JobContext.signal}. It is stored when this returns, also if nobody waits
     * for it yet.
     *
     * @param name its name: 1 to 100 of the characters {@code A-Z a-z 0-9 . _ -}
     * @param value a JSON value: a map, list, text, number or boolean; not null
     * @return the job: ready, if it waited for that
     * @throws JobNotFoundException if there is no such job
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
     * Retries a job like {@link #retry(JobId)}, and those that ended because it ended badly, and those that ended because of
     * these: they wait for it again. A job that was retried already stays as it is, and its dependents are taken along.
     * What cannot be done to one dependent does not keep it from the others. Not one commit: after a crash in the middle,
     * the same call does the rest.
     *
     * @return what was retried, and what was not
     * @throws JobNotFoundException if there is no such job
     * @throws StateConflictException if there is nothing to retry, or the job has expired, or another holds its key
     */
    Retried retryWithDependents(JobId id);

    /**
     * Changes what was agreed about a job that has not started. The history says what from, and what to.
     *
     * @param change what is to be different
     * @return the job after the change; as it was if it was like that already
     * @throws JobNotFoundException if there is no such job
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
     * @throws JobNotFoundException if there is no such job
     * @throws StateConflictException if it does not wait for time, or has expired
     */
    Job runNow(JobId id);

    /**
     * What a job was asked with, to submit another one like it: without its key, what it depends on, and its times.
     *
     * @throws JobNotFoundException if there is no such job
     */
    JobSpecification specification(JobId id);

    /**
     * What a request for many jobs would be done to. Changes nothing.
     *
     * @param request what is to be done, and to which jobs
     * @return how many, and the youngest of them
     */
    BulkPreview previewBulk(BulkRequest request);

    /**
     * Has something done to all jobs that a filter means: in slices beside all other work, to each as if it was asked for it alone.
     * It is stored when this returns, and goes on after the end of the host; of several hosts the leader does it.
     * Jobs that come later are not meant.
     *
     * @param request what is to be done, and to which jobs
     * @return its number
     */
    BulkStatus beginBulk(BulkRequest request);

    /**
     * What was asked for many jobs lately; only by the caller if its roles let it see no others' jobs.
     *
     * @param limit how many at most, 1 to 1,000
     * @return the latest first
     */
    List<BulkStatus> bulks(int limit);

    /**
     * How far something is that was asked for many jobs.
     *
     * @return how far it is
     * @throws ValidationException if there is none of that number
     */
    BulkStatus bulk(int number);

    /**
     * Stops it. What was done by then stays done.
     *
     * @return how far it is
     * @throws ValidationException if there is none of that number
     * @throws StateConflictException if it is over
     */
    BulkStatus stopBulk(int number);

    /**
     * Pauses jobs: of a queue, a type, a limit, a user, or all. None of them starts until they are resumed or the time comes, also after a
     * restart of the host. What runs goes on. A queue needs no configuration to be paused. A further pause of the same target replaces the first; a job that
     * several pauses hold starts when the last of them is over.
     *
     * @param target which jobs
     * @param reason why, for whoever asks; null to say nothing
     * @param until when the pause ends by itself; null if only a resume ends it
     * @throws ValidationException if the name is none, the reason has more than 1,000 characters, or the time has passed
     */
    void pause(PauseTarget target, @Nullable String reason, @Nullable Instant until);

    /**
     * Ends a pause.
     *
     * @param target which jobs
     * @throws StateConflictException if nobody has paused them, or its configuration has
     */
    void resume(PauseTarget target);

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

    /**
     * Makes a limit, or changes one that was made so; it counts at the next decision, on all hosts, and outlives them. Beside it stand the
     * limits of files {@code io.jobyard.limits-NAME}, which have the same keys.
     *
     * @param settings keys and their values, such as {@code rate.requests} and {@code 60/m burst 10}; an empty value takes the key away,
     *     and keys that are left out stay as they are
     * @throws ValidationException if the name, a key or a value is wrong; says what, a line for each
     * @throws StateConflictException if a file says what this limit is
     * @throws AccessException if the caller is no administrator
     */
    void setLimit(String name, Map<String, String> settings);

    /**
     * Removes a limit that was made by {@link #setLimit}. Jobs that name it wait until there is one again.
     *
     * @throws StateConflictException if there is none, or a file says what it is
     * @throws AccessException if the caller is no administrator
     */
    void removeLimit(String name);

    /**
     * Makes a queue, or changes one that was made so, as {@link #setLimit} does with a limit. Beside it stand the queues of files
     * {@code io.jobyard.queues-NAME}.
     *
     * @param settings keys and their values, such as {@code running.max} and {@code 4}; an empty value takes the key away
     * @throws ValidationException if the name, a key or a value is wrong; says what, a line for each
     * @throws StateConflictException if a file says what this queue is
     * @throws AccessException if the caller is no administrator
     */
    void setQueue(String name, Map<String, String> settings);

    /**
     * Removes a queue that was made by {@link #setQueue}; its jobs stay in it, without bounds.
     *
     * @throws StateConflictException if there is none, or a file says what it is
     * @throws AccessException if the caller is no administrator
     */
    void removeQueue(String name);

    /**
     * Lets a host finish what it runs and start nothing more, until {@link #endDrain} or its end. Other hosts of its database
     * do its jobs, where they can. This is stored when the call returns, and the host hears of it in about a second:
     * {@link StatusReporter#hosts} tells whether it drains. Without effect if it drains already.
     *
     * @param host its name, with its process or without, as {@link StatusReporter#hosts} tells; null for this one
     * @throws ValidationException if no host is called so, or several are
     * @throws AccessException if the caller may not operate
     */
    void drain(@Nullable String host);

    /**
     * Lets a host start jobs again, in about a second.
     *
     * @param host its name, as of {@link #drain}
     * @throws ValidationException if no host is called so, or several are
     * @throws StateConflictException if it does not drain
     * @throws AccessException if the caller may not operate
     */
    void endDrain(@Nullable String host);

    /**
     * Lets a bundle back that the host has set aside because its handlers did harm: its jobs start again.
     *
     * @param bundle its symbolic name, for all its versions; or that and a version, with a blank between
     * @throws StateConflictException if it is not set aside
     * @throws AccessException if the caller may not operate
     */
    void release(String bundle);

    /**
     * The same service on behalf of somebody else: it does what that user's roles allow.
     *
     * @param user who is to be the submitter, 1 to 200 characters
     * @return a service whose submissions belong to the user
     * @throws ValidationException if the name is empty or too long
     * @throws AccessException if the caller may not speak for others
     */
    JobManager as(String user);
}

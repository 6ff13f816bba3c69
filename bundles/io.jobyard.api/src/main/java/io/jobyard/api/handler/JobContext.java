// SPDX-License-Identifier: Apache-2.0
package io.jobyard.api.handler;

import io.jobyard.api.Job;
import io.jobyard.api.JobId;
import io.jobyard.api.JobSpecification;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.osgi.annotation.versioning.ProviderType;

/**
 * One run of a job, as its handler sees it. Valid until the handler returns, or its stage completes, or is given up because it does not; safe for
 * use by its own threads. Afterwards {@link #progress}, {@link #log}, {@link #used}, {@link #emit} and all steps and waits throw an {@link
 * IllegalStateException} and change nothing.
 */
@ProviderType
public interface JobContext {

    /**
     * The job at the start of this run.
     *
     * @return a snapshot
     */
    Job job();

    /**
     * What the job is to work on.
     *
     * @return a JSON object, unmodifiable
     */
    Map<String, Object> payload();

    /**
     * The payload as a type of the handler's own, best a record.
     *
     * @param <T> the type
     * @return the payload, converted
     * @throws PermanentException if the payload does not fit; says what and where
     */
    <T> T payload(Class<T> type);

    /**
     * Makes a result of a type of the handler's own, best a record: {@code return context.result(new Count(3));}
     *
     * @param value what becomes a JSON object
     * @return its members by name, to be returned by the handler
     * @throws PermanentException if it cannot be written as a JSON object of at most {@code max.result.bytes}
     */
    Map<String, Object> result(Object value);

    /**
     * A secret of the host's, such as the key of an API: as the host has it when the run first asks for it. A policy ({@code
     * io.jobyard.secrets-NAME}) says who may have it: by the job's type, the handler's bundle and the submitter's roles. From then on all
     * that the run tells is redacted of it, as of secrets of the payload. Keep it no longer than the run.
     *
     * @param name its name: 1 to 100 of the characters {@code A-Z a-z 0-9 . _ -}, no dot first
     * @throws RetryableException if no policy allows it, the host cannot read it, or no bundle gives out secrets: says what to do; the
     *     next attempt is in 30 s
     * @throws IllegalArgumentException if the name is none
     * @throws IllegalStateException if the run is over
     */
    String secret(String name);

    /**
     * Takes the run's secrets out of a text. All that the run tells is redacted anyway; a handler that cuts a text calls this before, since
     * a part of a secret is hard to find.
     *
     * @param text a text of at most 100,000 characters, such as the answer of a server
     * @return the text with references in place of secrets; where it is longer, a text that says so
     * @throws IllegalStateException if the run is over
     */
    String redact(String text);

    /**
     * The number of this run, from 1; never the same twice for one job. {@code id:run} is a key that may be passed on.
     */
    int run();

    /** Which attempt this is, from 1; runs that were given back do not count. */
    int attempt();

    /**
     * The results of the jobs this one depends on. Read from the store at the call.
     *
     * @return by id, in the order of the specification; without those that did not complete
     * @throws io.jobyard.api.StoreException if the store did not answer; let it pass: the job runs again, and no attempt is charged
     */
    Map<JobId, Map<String, Object>> dependencyResults();

    /**
     * Says how far the work is. Cheap; call it as often as it is true.
     *
     * @param done units done
     * @param total units in all; 0 if unknown
     * @param text what it is at; cut at 1,000 characters
     */
    void progress(long done, long total, String text);

    /**
     * Writes a line to the job's log, which {@code job:log} shows. Stored within a second, and at the latest with the
     * outcome; the newest 1,000 lines of a job are kept, a line is cut at 1,000 characters, a
     * tab at its beginning becomes blanks.
     *
     * @param text the line
     */
    void log(String text);

    /**
     * Says that the run has used so much of a unit, such as 812 tokens. What exceeds the estimate is taken from the
     * limits of the job at once and may bring them below zero, which holds what comes next. What was estimated of the
     * unit and not used by the end of the run is given back, if this was called for the unit at all.
     *
     * <p>It is kept, at once and apart from the outcome, whether a limit counts the unit or not: {@code job:usage} tells it by
     * users, types, models and labels, also after the job is removed. What a run used before its host was killed is known but for the
     * last milliseconds; what a step used is stored with the step.
     *
     * @param unit the unit, such as {@code tokens}: 1 to 32 of the characters {@code A-Z a-z 0-9 . _ -}, at most 32 of them in a run
     * @param amount how much more than before; not negative
     * @throws IllegalArgumentException if the amount is negative or no number, or the unit is none
     */
    void used(String unit, double amount);

    /**
     * Says what the other side counts as left, as the headers of its answers tell ({@code x-ratelimit-remaining-tokens}). Where a limit of the job
     * has more of the unit in its rate, it has only that from now on, and what comes back of this run's estimate does not bring it
     * above; where it has less it stays. Where nothing is left, the limits of the job that count the unit are shut until then. Budgets count what the
     * host lets use, and stay as they are. Never raises anything. Call it behind {@link #used}, which tells what the same answer cost.
     *
     * @param unit the unit, such as {@code tokens}; without effect if no limit of the job counts it
     * @param left how much is left; not negative
     * @param until when the other side has more again; counts where nothing is left, and at most a year from now
     * @throws IllegalArgumentException if {@code left} is negative or no number, or the unit is none
     * @throws IllegalStateException if the run is over
     */
    void remaining(String unit, double left, Instant until);

    /**
     * Tells whether a budget on which the job draws is past its warning threshold ({@code budget.usd = 50/month warn 80%}), so that a cheaper way
     * may be chosen: one that a role gives its submitter, alone or in total, or one of its limits. What counts is what the host has counted
     * that starts the jobs, so a use that was told just now may be missing on another one. Once past in a period, it stays so until that ends.
     *
     * @param unit the unit, such as {@code usd}
     * @return false if it is not, or no budget of the unit has a warning threshold
     * @throws io.jobyard.api.StoreException if that is for another host to know, and the store does not answer
     * @throws IllegalStateException if the run is over
     */
    boolean isBudgetLow(String unit);

    /**
     * Tells whether the run is to end early, for the reason that {@link #endReason} says; the thread is interrupted too. What a
     * handler returns afterwards may be dropped.
     *
     * @return true once the run has been asked to end
     */
    boolean cancelled();

    /**
     * Why the run is to end early: what {@link #cancelled} does not say.
     *
     * @return the reason; empty as long as it may go on
     */
    Optional<EndReason> endReason();

    /** When this run is to end at the latest: by its timeout, or by the deadline of its job. */
    Instant endsBy();

    /**
     * Says that the run is alive. So does each other call of this context; a handler that works for long without one of them calls this.
     * A handler that says how often it does so ({@code HandlesJob.heartbeat}) is interrupted when it stays away, long before
     * its timeout. Cheap.
     */
    void heartbeat();

    /**
     * Adds a piece to the job's stream, as a model's answer comes in. It is stored at once, in order, in the commits that others
     * share; {@code job:stream} and {@code StatusReporter.stream} read it, also while it grows. What an earlier run emitted
     * stays: each piece names its run. Waits when the store is slow.
     *
     * <p>It is redacted like a line of the log, but not cut. The end of a piece that may be the start of a secret is stored with the next
     * piece, with the next step or wait, or when the run ends.
     *
     * @param text the piece, of any length; nothing happens if it is empty
     * @throws io.jobyard.api.StoreException if the store does not take what was emitted before, and there is no room for more
     * @throws PermanentException if the streams of the job have more than 16,777,216 characters
     */
    void emit(String text);

    /**
     * Does work once for the job: what it gave is stored before this returns, and a later run gets that in place of the work. If the host
     * dies in between, the work is done again; so it is best made idempotent, with {@link #job()}'s id and the step's name as a key.
     *
     * <p>Steps and waits are called by the handler's own thread, in the same order in every run. A run that finds another name at a
     * place than an earlier run stored fails for good and names both.
     *
     * @param <T> what it gives
     * @param name its name: 1 to 200 characters, and no other step of the job's
     * @param type the class of what it gives, best a record; {@code Void.class} if it gives nothing
     * @param work the work; it calls no step and waits for nothing of this context
     * @return what it gave, as it reads back from JSON
     * @throws PermanentException if the value is too large ({@code max.result.bytes}), is not as its type says, or the steps are others
     *     than those of an earlier run
     * @throws InterruptedException if the run is to end: then no work is begun
     * @throws IllegalStateException if the run has lost its job, or this is not the place to call a step
     * @throws io.jobyard.api.StoreException if the value could not be stored; let it pass: the next run does the work again
     * @throws Exception what the work throws
     */
    default <T> T step(String name, Class<T> type, Callable<T> work) throws Exception {
        return step(Step.of(name, type, work));
    }

    /**
     * Does a step like {@link #step(String, Class, Callable)}.
     *
     * @param <T> what it gives
     * @param step its name, its work, and how often it is tried again
     * @return what it gave, as it reads back from JSON
     * @throws Exception what the work throws in the last try
     */
    <T> T step(Step<T> step) throws Exception;

    /**
     * Does several steps at once, on threads of their own. If one fails no other is begun; those that run are waited for, and their values
     * stored.
     *
     * @param <T> what each gives
     * @param steps the steps, each with a name of its own
     * @param parallelism how many at most at the same time; 1 to 64
     * @return what they gave, in the order of the steps
     * @throws Exception what the first one throws that fails
     */
    <T> List<T> steps(List<Step<T>> steps, int parallelism) throws Exception;

    /**
     * Waits without a worker: ends this run, and returns at once in the run after that time. Counted from the first call.
     *
     * @param duration how long
     * @throws IllegalArgumentException if it is negative
     */
    void sleep(Duration duration);

    /**
     * Waits without a worker until somebody gives the job a signal of that name: by {@code job:signal} or {@code
     * JobManager.signal}. One that came before is taken at once; each signal is taken once.
     *
     * @param <T> what the signal's value is read as
     * @param name its name: 1 to 100 of the characters {@code A-Z a-z 0-9 . _ -}
     * @param atMost how long to wait, counted from the first call
     * @return the value; empty if the time is over, also when a signal comes later
     * @throws PermanentException if the value does not fit the type, or is null, which could not be told from the end of the time
     * @throws IllegalArgumentException if the name is none, or the time is negative
     */
    <T> Optional<T> signal(String name, Class<T> type, Duration atMost);

    /**
     * Submits jobs once, in the name of this job's submitter, and waits without a worker until all have ended, however they end. They are cancelled with this job.
     *
     * @param specifications the jobs, 1 to 1,000, which may depend on each other by their local names
     * @return how they ended, in the order of the specifications
     * @throws PermanentException if their results have more than {@code max.batch.bytes} together
     * @throws io.jobyard.api.ValidationException if one is wrong; none is submitted then
     */
    List<ChildJob> children(List<JobSpecification> specifications);

    /**
     * Makes a place for an answer from outside.
     *
     * @param atMost how long to wait for it, counted from the first call
     * @return the same in every run
     * @throws IllegalArgumentException if the time is negative
     */
    Callback callback(Duration atMost);
}

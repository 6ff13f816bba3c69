// SPDX-License-Identifier: Apache-2.0
package io.jobyard.api.handler;

import io.jobyard.api.JobId;
import io.jobyard.api.JobSpecification;
import io.jobyard.api.JobType;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionStage;
import org.osgi.annotation.versioning.ProviderType;

/** Work that a job does only once, however often it runs, and waits that occupy no worker. */
@ProviderType
public interface DurableSteps {

    /**
     * Does work once for the job. The result is stored before this method returns, and a later run gets the stored result. If the host dies
     * before the result is stored, the work is repeated. So make the work idempotent, with the ID of {@link RunInput#job()} and the name of
     * the step as the key.
     *
     * <p>Only the handler's own thread may call this method and waits, in the same order in every run. An {@link AsyncJobHandler} may also
     * call waits later, on any thread. If a run calls another name at a position than an earlier run, the job fails permanently with both
     * names.
     *
     * @param <T> class of the result
     * @param name name of the step: 1 to 200 characters, unique in the job
     * @param type the class of the result, preferably a record; {@code Void.class} for none
     * @param work the work; it must not call steps or waits of this context
     * @return result, as read back from JSON
     * @throws PermanentException if the value is too large ({@code max.result.bytes}), does not match the class, or the steps differ from
     * those of an earlier run
     * @throws InterruptedException if the run must end; the work is not begun
     * @throws IllegalStateException if the run has lost its job, or steps are not allowed here
     * @throws io.jobyard.api.StoreException if the value could not be stored; do not catch it: the next run repeats the work
     * @throws Exception any exception of the work
     */
    default <T> T step(String name, Class<T> type, Callable<T> work) throws Exception {
        return step(Step.of(name, type, work));
    }

    /**
     * Does a step like {@link #step(String, Class, Callable)}, with a result of a generic type, for example a list of records.
     *
     * @param <T> type of the result
     * @param type the type, as {@code new TypeOf<List<Finding>>() {}}
     * @throws Exception any exception of the work
     */
    default <T> T step(String name, TypeOf<T> type, Callable<T> work) throws Exception {
        return step(Step.of(name, type, work));
    }

    /**
     * Does a step like {@link #step(String, Class, Callable)}.
     *
     * @param <T> class of the result
     * @param step name, work and retries of the step
     * @return result, as read back from JSON
     * @throws Exception exception of the work in the last attempt
     */
    <T> T step(Step<T> step) throws Exception;

    /**
     * Does several steps in parallel, on separate threads. After a failure no further step begins; running ones are completed, and their
     * values stored.
     *
     * @param <T> class of the results
     * @param steps the steps, with different names
     * @param parallelism maximum number of simultaneous steps, 1 to 64
     * @return the results, in the order of the steps
     * @throws Exception the first failure
     */
    <T> List<T> steps(List<Step<T>> steps, int parallelism) throws Exception;

    /**
     * Does a step whose work occupies no thread while it waits, for example for a server's answer. The result is stored before the returned
     * stage completes, and a later run gets the stored result.
     *
     * <p>Any thread may call this method until the handler returns, or its stage completes; one call after the other, and in the same order
     * in every run. If the run must end early, the stages of the work are cancelled, and the stage of the handler only if no work is
     * unfinished. So work can report its usage before it completes.
     *
     * @param <T> class of the result
     * @param step name and work of the step
     * @return stage of the result, as read back from JSON. It completes with all exceptions that {@link #step(Step)} throws, and on one of a
     * few threads that all runs share. Code that depends on it may compute, emit, wait for the store and begin further steps. If it blocks
     * for longer, it holds up other runs until its own run must end; then it is interrupted, and another thread replaces its thread.
     * Cancelling the stage cancels the work
     */
    <T> CompletionStage<T> stepAsync(AsyncStep<T> step);

    /**
     * Does several steps in parallel, like {@link #steps}, and each like {@link #stepAsync}.
     *
     * @param <T> class of the results
     * @param steps the steps, with different names
     * @param parallelism maximum number of simultaneous steps, 1 to 64
     * @return stage of the results, in the order of the steps. It completes after the steps that have begun; after a failure, with the
     * first failure. Cancelling the stage cancels the work of the steps
     */
    <T> CompletionStage<List<T>> stepsAsync(List<AsyncStep<T>> steps, int parallelism);

    /**
     * Waits without a worker. The first call ends this run. In the run after that time, the call returns immediately. The time counts from
     * the first call.
     *
     * @param duration the time
     * @throws IllegalArgumentException if it is negative
     */
    void sleep(Duration duration);

    /**
     * Waits without a worker for a signal with this name, sent by {@code job:signal} or {@code JobManager.signal}. A signal that has
     * already arrived is taken immediately. Each signal is taken only once.
     *
     * @param <T> class of the signal's value
     * @param name name of the signal: 1 to 100 of the characters {@code A-Z a-z 0-9 . _ -}
     * @param atMost timeout, counted from the first call
     * @return the value; empty after the timeout, even if a signal arrives later
     * @throws PermanentException if the value does not match the class, or is null, which would look like a timeout
     * @throws IllegalArgumentException if the name is invalid, or the time is negative
     */
    default <T> Optional<T> signal(String name, Class<T> type, Duration atMost) {
        return signal(name, TypeOf.of(type), atMost);
    }

    /**
     * Waits like {@link #signal(String, Class, Duration)} for a value of a generic type, for example a list of records.
     *
     * @param <T> type of the signal's value
     * @param type the type, as {@code new TypeOf<List<Finding>>() {}}
     * @return the value; empty after the timeout, even if a signal arrives later
     */
    <T> Optional<T> signal(String name, TypeOf<T> type, Duration atMost);

    /**
     * Submits a job once, in the name of this job's submitter, and does not wait for it. The job and a step with its ID, named {@code submit
     * 1}, {@code submit 2} and so on, are stored in one commit; a later run gets the stored ID. The job is independent: it continues when
     * this job ends or is cancelled.
     *
     * <p>The job belongs to this job's submitter, and its quotas, budgets and fair share are the submitter's. Both the submitter and this
     * handler's bundle need the permission to submit it, now. A job submitted through {@code JobManager} belongs to the bundle instead, and
     * a repeated run submits it again.
     *
     * @param specification the job; its key, if it has one, is the submitter's
     * @return the ID of the job, or of the unfinished job with its key
     * @throws io.jobyard.api.AccessException if the submitter or the bundle may not submit the job; the message names which of the two
     * @throws io.jobyard.api.ValidationException if the specification is invalid
     * @throws io.jobyard.api.QuotaException if a quota of the submitter is exhausted
     * @throws IllegalStateException if the run has lost its job, or steps are not allowed here
     * @throws io.jobyard.api.StoreException if the job could not be stored; do not catch it
     */
    JobId submit(JobSpecification specification);

    /**
     * Submits jobs once, in the name of this job's submitter, and waits without a worker until all have ended, with any result. They are
     * cancelled with this job. Both the submitter and this handler's bundle need the permission to submit them.
     *
     * @param specifications the jobs, 1 to 1,000, which may depend on each other by their local names
     * @return finished jobs, in the order of the specifications
     * @throws PermanentException if their results together have more than {@code max.batch.bytes}
     * @throws io.jobyard.api.AccessException if the submitter or the bundle may not submit a job; then no job is submitted
     * @throws io.jobyard.api.ValidationException if a specification is invalid, or if a job could never start because this job holds the
     *     value of a limit with a strict order; then no job is submitted
     */
    List<ChildJob> children(List<JobSpecification> specifications);

    /**
     * Submits a job of one type for each payload and waits for all, like {@link #children(List)}.
     *
     * @param <P> class of the payloads
     * @param <R> class of the results
     * @param payloads payloads of the jobs, 1 to 1,000
     * @return results, in the order of the payloads
     * @throws PermanentException if a job did not complete, with its error; or if a result does not match the class
     */
    default <P, R> List<R> children(JobType<P, R> type, List<P> payloads) {
        return children(payloads.stream()
                        .map(payload -> type.with(payload).build())
                        .toList())
                .stream()
                .map(child -> child.result(type.resultClass()))
                .toList();
    }

    /**
     * Creates a receiver of an external answer.
     *
     * @param atMost timeout, counted from the first call
     * @return receiver, the same in every run
     * @throws IllegalArgumentException if the time is negative
     */
    Callback callback(Duration atMost);
}

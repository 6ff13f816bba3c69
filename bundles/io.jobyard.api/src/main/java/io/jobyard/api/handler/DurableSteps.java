// SPDX-License-Identifier: Apache-2.0
package io.jobyard.api.handler;

import io.jobyard.api.JobSpecification;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.osgi.annotation.versioning.ProviderType;

/** Work that a job does once, however often it runs, and waits without a worker. */
@ProviderType
public interface DurableSteps {

    /**
     * Does work once for the job: what it gave is stored before this returns, and a later run gets that in place of the work. If the host
     * dies in between, the work is done again; so it is best made idempotent, with {@link RunInput#job()}'s id and the step's name as a key.
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
     * Waits without a worker for a signal with this name, sent by {@code job:signal} or {@code JobManager.signal}. An earlier signal is
     * taken at once; each signal is taken once.
     *
     * @param <T> class of the signal's value
     * @param name its name: 1 to 100 of the characters {@code A-Z a-z 0-9 . _ -}
     * @param atMost the timeout, counted from the first call
     * @return the value; empty after the timeout, even if a signal arrives later
     * @throws PermanentException if the value does not match the class, or is null, which would look like a timeout
     * @throws IllegalArgumentException if the name is invalid, or the time is negative
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

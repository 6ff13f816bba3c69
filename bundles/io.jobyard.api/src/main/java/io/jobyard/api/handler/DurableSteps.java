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
     * Does work once for the job: its result is stored before this returns, and a later run gets the result instead of doing the work. If
     * the host dies in between, the work is repeated, so make it idempotent, with {@link RunInput#job()}'s id and the step's name as a key.
     *
     * <p>Only the handler's own thread calls steps and waits, in the same order in every run. A run that calls another name at a position
     * than an earlier run fails permanently and names both.
     *
     * @param <T> class of the result
     * @param name its name: 1 to 200 characters, unique in the job
     * @param type the class of the result, preferably a record; {@code Void.class} for none
     * @param work the work; it must not call steps or waits of this context
     * @return the result, as it reads back from JSON
     * @throws PermanentException if the value is too large ({@code max.result.bytes}), does not match the class, or the steps differ from
     *     those of an earlier run
     * @throws InterruptedException if the run must end: then no work is begun
     * @throws IllegalStateException if the run has lost its job, or steps are not allowed here
     * @throws io.jobyard.api.StoreException if the value could not be stored; let it pass: the next run does the work again
     * @throws Exception exception of the work
     */
    default <T> T step(String name, Class<T> type, Callable<T> work) throws Exception {
        return step(Step.of(name, type, work));
    }

    /**
     * Does a step like {@link #step(String, Class, Callable)}.
     *
     * @param <T> class of the result
     * @param step its name, its work, and its retries
     * @return the result, as it reads back from JSON
     * @throws Exception exception of the work in the last try
     */
    <T> T step(Step<T> step) throws Exception;

    /**
     * Does several steps in parallel, on separate threads. After a failure no further step begins; running ones are completed, and their
     * values stored.
     *
     * @param <T> class of the results
     * @param steps the steps, with different names
     * @param parallelism largest number at the same time; 1 to 64
     * @return the results, in the order of the steps
     * @throws Exception the first failure
     */
    <T> List<T> steps(List<Step<T>> steps, int parallelism) throws Exception;

    /**
     * Waits without a worker: ends this run, and returns at once in the run after that time. Counted from the first call.
     *
     * @param duration the time
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
     * Submits jobs once, in the name of this job's submitter, and waits without a worker until all have ended, with any result. They are
     * cancelled with this job.
     *
     * @param specifications the jobs, 1 to 1,000, which may depend on each other by their local names
     * @return the finished jobs, in the order of the specifications
     * @throws PermanentException if their results have more than {@code max.batch.bytes} together
     * @throws io.jobyard.api.ValidationException if one is invalid; then none is submitted
     */
    List<ChildJob> children(List<JobSpecification> specifications);

    /**
     * Creates a receiver of an external answer.
     *
     * @param atMost timeout, counted from the first call
     * @return the same in every run
     * @throws IllegalArgumentException if the time is negative
     */
    Callback callback(Duration atMost);
}

// SPDX-License-Identifier: Apache-2.0
package io.jobyard.api.handler;

import java.lang.reflect.Type;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/**
 * Named work that a job does only once. Immutable.
 *
 * @param <T> type of the result
 * @param name name of the step: 1 to 200 characters, unique in the job
 * @param type the class or generic type of the result, preferably a record; {@code Void.class} for none
 * @param retries number of retries within its run; 0 to 100
 * @param backoff pause from the first failure to the first retry; doubled after each further failure
 * @param estimate use of the job's limits by each attempt, as in {@link #estimated}; null for none
 */
public record Step<T>(
        String name,
        Type type,
        Callable<T> work,
        int retries,
        Duration backoff,
        @Nullable Callable<Map<String, Double>> estimate) {

    /** Longest pause between two attempts. */
    public static final Duration LONGEST_BACKOFF = Duration.ofMinutes(10);

    public Step {
        if (retries < 0 || retries > 100) {
            throw new IllegalArgumentException(
                    "step '" + name + "': retries out of range (" + retries + "): use 0 to 100");
        }
        if (backoff.isNegative() || backoff.compareTo(LONGEST_BACKOFF) > 0) {
            throw new IllegalArgumentException(
                    "step '" + name + "': backoff out of range (" + backoff + "): use 0 to 10 minutes");
        }
    }

    /**
     * Creates a step without retries within its run: its exceptions are those of the run.
     *
     * @param <T> class of the result
     * @param name name of the step: 1 to 200 characters, unique in the job
     * @param type the class of the result
     */
    public static <T> Step<T> of(String name, Class<T> type, Callable<T> work) {
        return new Step<>(name, type, work, 0, Duration.ZERO, null);
    }

    /**
     * Creates a step like {@link #of(String, Class, Callable)}, with a result of a generic type, for example a list of records.
     *
     * @param <T> type of the result
     */
    public static <T> Step<T> of(String name, TypeOf<T> type, Callable<T> work) {
        return new Step<>(name, type.type(), work, 0, Duration.ZERO, null);
    }

    /**
     * Returns a copy that is retried within its run if its work throws an exception, unless the run must end. A {@link
     * PermanentException}, a {@link RateLimitedException} and a {@link SleepException} are not retried. The delay of a {@link
     * RetryableException} applies if it is longer than the pause; above {@link #LONGEST_BACKOFF}, the run fails and the job waits. A
     * retry of the step is not an attempt of the job.
     *
     * @param times number of retries; 0 to 100
     * @param pause pause from the first failure to the first retry; doubled after each further failure, up to {@link #LONGEST_BACKOFF}
     */
    public Step<T> retried(int times, Duration pause) {
        return new Step<>(name, type, work, times, pause, estimate);
    }

    /**
     * Returns a copy whose work is a call that counts against the limits of the job. Before each attempt, the host takes the estimated use
     * from these limits and from the submitter's budgets, as it does for a start; 1 of {@code requests} if the estimate does not name it.
     * If the limits do not allow the call now, the host ends the run with {@link RunSuspended}, and the job is queued until they do; the
     * next run reaches this step with the amounts taken. After the attempt, the unused estimate of each unit that the work reported with
     * {@link JobContext#used} is released; of other units, the estimate counts as used.
     *
     * <p>A job whose submitter or {@link JobEstimator} estimates {@code calls} takes the amounts of its first calls with its start, and
     * calls use them.
     *
     * @param uses returns the amounts by unit, at most 9 of them; called only when the work must be done
     */
    public Step<T> estimated(Callable<Map<String, Double>> uses) {
        return new Step<>(name, type, work, retries, backoff, uses);
    }
}

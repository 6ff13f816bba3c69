// SPDX-License-Identifier: Apache-2.0
package io.jobyard.api.handler;

import java.lang.reflect.Type;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Named work that a job does only once, and that occupies no thread while it waits. Immutable.
 *
 * @param <T> type of the result
 * @param name name of the step: 1 to 200 characters, unique in the job
 * @param type the class or generic type of the result, preferably a record; {@code Void.class} for none
 * @param work begins the work; the stage is cancelled, if possible, if the run must end early
 * @param estimate use of the job's limits by the work, as in {@link #estimated}; null for none
 */
public record AsyncStep<T>(
        String name,
        Type type,
        Callable<? extends CompletionStage<T>> work,
        @Nullable Callable<Map<String, Double>> estimate) {

    /**
     * Creates a step.
     *
     * @param <T> class of the result
     * @param name name of the step: 1 to 200 characters, unique in the job
     * @param type the class of the result
     * @param work begins the work
     */
    public static <T> AsyncStep<T> of(String name, Class<T> type, Callable<? extends CompletionStage<T>> work) {
        return new AsyncStep<>(name, type, work, null);
    }

    /**
     * Creates a step like {@link #of(String, Class, Callable)}, with a result of a generic type, for example a list of records.
     *
     * @param <T> type of the result
     */
    public static <T> AsyncStep<T> of(String name, TypeOf<T> type, Callable<? extends CompletionStage<T>> work) {
        return new AsyncStep<>(name, type.type(), work, null);
    }

    /**
     * Returns a copy whose work is a call that counts against the limits of the job, as in {@link Step#estimated}.
     *
     * @param uses returns the amounts by unit, at most 9 of them; called only when the work must be done
     */
    public AsyncStep<T> estimated(Callable<Map<String, Double>> uses) {
        return new AsyncStep<>(name, type, work, uses);
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.jobyard.spi.handlers;

import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is configured for the jobs of a type. What a job asks for itself wins over it, and it wins over what the host has
 * for all jobs; what is null is not said.
 *
 * @param timeout how long one run may take; of what is submitted from now on
 * @param maxRetries how many more attempts follow a first that fails; of what is submitted from now on
 * @param progressRetries how many runs of a job that reach their timeout do not count as attempts if they stored new steps
 * @param priority the level, 1 first; of what is submitted from now on
 * @param queue where jobs stand; of what is submitted from now on
 * @param backoff how long a job waits after an attempt that fails from now on
 * @param completedDays how many days completed jobs are kept, 0 for ever; also those that have ended
 * @param failedDays the same of failed and cancelled ones
 * @param circuit when its jobs are held because too many fail
 * @param slots how many slots of limits its jobs take, by the names of the limits; of what is submitted from now on
 * @param canary which of its jobs go to a version that is tried
 * @param hidden what only the submitter sees of its jobs; also of those that are there
 * @param holdsInFlight whether jobs in flight wait for the version that they began with when that is gone; also those that are there
 */
public record TypeRules(
        @Nullable Duration timeout,
        @Nullable Integer maxRetries,
        @Nullable Integer progressRetries,
        @Nullable Integer priority,
        @Nullable String queue,
        Backoff backoff,
        @Nullable Integer completedDays,
        @Nullable Integer failedDays,
        @Nullable CircuitRules circuit,
        Map<String, Integer> slots,
        @Nullable CanaryRules canary,
        HiddenFields hidden,
        boolean holdsInFlight) {

    /** Those of a type for which nothing is configured. */
    public static final TypeRules NONE = new TypeRules(null, null, null, null, Backoff.USUAL, null, null, null);

    public TypeRules {
        slots = Map.copyOf(slots);
    }

    /**
     * One whose jobs in flight move to another version when the one that they began with is gone.
     *
     * @param timeout how long one run may take
     * @param maxRetries how many more attempts follow a first that fails
     * @param progressRetries how many runs of a job that reach their timeout do not count as attempts if they stored new steps
     * @param priority the level, 1 first
     * @param queue where jobs stand
     * @param backoff how long a job waits after an attempt that fails
     * @param completedDays how many days completed jobs are kept, 0 for ever
     * @param failedDays the same of failed and cancelled ones
     * @param circuit when its jobs are held because too many fail
     * @param slots how many slots of limits its jobs take, by the names of the limits
     * @param canary which of its jobs go to a version that is tried
     * @param hidden what only the submitter sees of its jobs
     */
    public TypeRules(
            @Nullable Duration timeout,
            @Nullable Integer maxRetries,
            @Nullable Integer progressRetries,
            @Nullable Integer priority,
            @Nullable String queue,
            Backoff backoff,
            @Nullable Integer completedDays,
            @Nullable Integer failedDays,
            @Nullable CircuitRules circuit,
            Map<String, Integer> slots,
            @Nullable CanaryRules canary,
            HiddenFields hidden) {
        this(
                timeout,
                maxRetries,
                progressRetries,
                priority,
                queue,
                backoff,
                completedDays,
                failedDays,
                circuit,
                slots,
                canary,
                hidden,
                false);
    }

    /**
     * One without a canary and hidden fields, whose jobs take one place of each limit.
     *
     * @param timeout how long one run may take
     * @param maxRetries how many more attempts follow a first that fails
     * @param priority the level, 1 first
     * @param queue where jobs stand
     * @param backoff how long a job waits after an attempt that fails
     * @param completedDays how many days completed jobs are kept, 0 for ever
     * @param failedDays the same of failed and cancelled ones
     * @param circuit when its jobs are held because too many fail
     */
    public TypeRules(
            @Nullable Duration timeout,
            @Nullable Integer maxRetries,
            @Nullable Integer priority,
            @Nullable String queue,
            Backoff backoff,
            @Nullable Integer completedDays,
            @Nullable Integer failedDays,
            @Nullable CircuitRules circuit) {
        this(
                timeout,
                maxRetries,
                null,
                priority,
                queue,
                backoff,
                completedDays,
                failedDays,
                circuit,
                Map.of(),
                null,
                HiddenFields.NONE);
    }
}

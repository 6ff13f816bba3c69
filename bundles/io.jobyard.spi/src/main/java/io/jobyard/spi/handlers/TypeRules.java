// SPDX-License-Identifier: Apache-2.0
package io.jobyard.spi.handlers;

import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is configured for the jobs of a type. What a job asks for itself wins over it, and it wins over what the host has
 * for all jobs; what is null is not said.
 *
 * @param submitted what jobs get that do not ask for it
 * @param progressRetries how many runs of a job that reach their timeout do not count as attempts if they stored new steps
 * @param backoff how long a job waits after an attempt that fails from now on
 * @param kept how long ended jobs are kept; also those that have ended
 * @param circuit when its jobs are held because too many fail
 * @param canary which of its jobs go to a version that is tried
 * @param hidden what only the submitter sees of its jobs; also of those that are there
 * @param holdsInFlight whether jobs in flight wait for the version that they began with when that is gone; also those that are there
 */
public record TypeRules(
        TypeDefaults submitted,
        @Nullable Integer progressRetries,
        Backoff backoff,
        KeptDays kept,
        @Nullable CircuitRules circuit,
        @Nullable CanaryRules canary,
        HiddenFields hidden,
        boolean holdsInFlight) {

    /** Those of a type for which nothing is configured. */
    public static final TypeRules NONE =
            new TypeRules(TypeDefaults.NONE, null, Backoff.USUAL, KeptDays.NONE, null, null, HiddenFields.NONE, false);

    /**
     * What jobs get that are submitted from now on and do not ask for it.
     *
     * @param timeout how long one run may take
     * @param maxRetries how many more attempts follow a first that fails
     * @param priority the level, 1 first
     * @param queue where jobs stand
     * @param slots how many slots of limits its jobs take, by the names of the limits
     */
    public record TypeDefaults(
            @Nullable Duration timeout,
            @Nullable Integer maxRetries,
            @Nullable Integer priority,
            @Nullable String queue,
            Map<String, Integer> slots) {

        public static final TypeDefaults NONE = new TypeDefaults(null, null, null, null, Map.of());

        public TypeDefaults {
            slots = Map.copyOf(slots);
        }
    }

    /** How many days ended jobs are kept, 0 for ever: completed ones, and failed and cancelled ones. */
    public record KeptDays(
            @Nullable Integer completedDays, @Nullable Integer failedDays) {

        public static final KeptDays NONE = new KeptDays(null, null);
    }
}

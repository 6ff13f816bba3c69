// SPDX-License-Identifier: Apache-2.0
package io.jobyard.spi.handlers;

import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Configured rules for the jobs of a type. They override the host's values for all jobs, and values of a job override them. Null means not
 * configured.
 *
 * @param submitted defaults and bounds for new jobs
 * @param progressRetries number of a job's timeouts that do not count as attempts if the run stored new steps
 * @param backoff delay after an attempt that fails from now on
 * @param kept retention of finished jobs, including existing ones
 * @param circuit rules for blocking its jobs because too many fail
 * @param canary rules for jobs that go to a canary version
 * @param hidden parts of its jobs that only the submitter sees; applies to existing jobs too
 * @param holdsInFlight whether jobs in flight wait if the version that they began with is removed; applies to existing jobs too
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

    /** Rules of a type without a configuration. */
    public static final TypeRules NONE =
            new TypeRules(TypeDefaults.NONE, null, Backoff.USUAL, KeptDays.NONE, null, null, HiddenFields.NONE, false);

    /** Returns the same rules with other hidden parts. */
    public TypeRules withHidden(HiddenFields other) {
        return new TypeRules(submitted, progressRetries, backoff, kept, circuit, canary, other, holdsInFlight);
    }

    /**
     * Defaults and bounds for jobs that are submitted from now on.
     *
     * @param timeout timeout of one run
     * @param maxTimeout maximum timeout of one run; also applies to changes of existing jobs
     * @param maxRetries number of further attempts after the first failed one
     * @param priority priority; 1 is the highest
     * @param slots slots that its jobs take, by the names of the limits
     */
    public record TypeDefaults(
            @Nullable Duration timeout,
            @Nullable Duration maxTimeout,
            @Nullable Integer maxRetries,
            @Nullable Integer priority,
            @Nullable String queue,
            Map<String, Integer> slots) {

        public static final TypeDefaults NONE = new TypeDefaults(null, null, null, null, null, Map.of());

        public TypeDefaults {
            slots = Map.copyOf(slots);
        }
    }

    /** Retention of finished jobs in days; 0 for forever. */
    public record KeptDays(
            @Nullable Integer completedDays, @Nullable Integer failedDays) {

        public static final KeptDays NONE = new KeptDays(null, null);
    }
}

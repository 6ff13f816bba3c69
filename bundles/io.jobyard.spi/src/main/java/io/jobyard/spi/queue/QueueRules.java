// SPDX-License-Identifier: Apache-2.0
package io.jobyard.spi.queue;

import io.jobyard.spi.limits.LimitDefinition;
import java.util.Collection;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ProviderType;

/** Configuration of queues and limits, as it applies to jobs. */
@ProviderType
public interface QueueRules {

    /** Returns the requested queue of jobs, if any; otherwise the one that the type is routed to now. */
    String route(@Nullable String asked, String type);

    /** Number of priorities. */
    int priorityLevels();

    /** Priority of a job that requested none: {@code min(5, levels)}. */
    int defaultLevel();

    /**
     * Checks whether a limit or a queue may be defined this way at run time.
     *
     * @throws io.jobyard.api.ValidationException if its name or a value is invalid, one line for each
     * @throws io.jobyard.api.StateConflictException if a file on this host defines it
     */
    void requireDefinable(LimitDefinition definition);

    /** Returns the {@code running.max} of a limit; null if it has none, or is not configured. */
    @Nullable
    Integer runningMax(String limit);

    /**
     * Explains why a limit of such jobs could never satisfy the estimate.
     *
     * @param handlerVersion range for their handler; null for any
     * @param named the limits that they name themselves
     * @param estimate expected use of each unit by a run
     * @return in words; null if each could
     */
    @Nullable
    String oversized(
            String type, @Nullable String handlerVersion, Collection<String> named, Map<String, Double> estimate);

    /** Returns the limits with a key, by name with the place of the value in jobs: {@code payload.PATH} or {@code label.NAME}. */
    Map<String, String> limitKeys();

    /**
     * Returns the limits with a key that such jobs use, or name themselves, each with the place of the value in jobs: {@code payload.PATH}
     * or {@code label.NAME}. A null handler version is any.
     */
    Map<String, String> limitKeys(String type, @Nullable String handlerVersion, Collection<String> named);
}

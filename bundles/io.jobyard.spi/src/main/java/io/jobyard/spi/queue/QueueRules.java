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

    /**
     * Returns the queue of jobs.
     *
     * @param asked the requested queue; null for none
     * @return the requested one; otherwise the one that the type is routed to now
     */
    String route(@Nullable String asked, String type);

    /** How many priority levels there are. */
    int priorityLevels();

    /** The level of a job that asked for none: {@code min(5, levels)}. */
    int defaultLevel();

    /**
     * Whether a limit or a queue may be made or changed so while the host runs.
     *
     * @throws io.jobyard.api.ValidationException if its name or a value is wrong; says what, a line for each
     * @throws io.jobyard.api.StateConflictException if a file on this host says what it is
     */
    void requireDefinable(LimitDefinition definition);

    /** The {@code running.max} of a limit; null if it has any number, or nobody has configured it. */
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

    /** The limits that count values apart, by name where a job has the value: {@code payload.PATH} or {@code label.NAME}. */
    Map<String, String> limitKeys();

    /**
     * The limits that count values apart, of those on which such jobs draw.
     *
     * @param handlerVersion the range their handler must be in; null for any
     * @param named the limits that they name themselves
     * @return by name where a job has the value: {@code payload.PATH} or {@code label.NAME}
     */
    Map<String, String> limitKeys(String type, @Nullable String handlerVersion, Collection<String> named);
}

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

    /** Returns the queue of jobs: the requested queue, or the queue that the type is routed to now. */
    String route(@Nullable String asked, String type);

    /** Returns the number of priorities. */
    int priorityLevels();

    /** Returns the priority of jobs that request none: {@code min(5, levels)}. */
    int defaultLevel();

    /**
     * Checks whether a limit or a queue may be defined this way at run time.
     *
     * @throws io.jobyard.api.ValidationException if its name or a value is invalid, one line for each
     * @throws io.jobyard.api.StateConflictException if a file on this host defines it
     */
    void requireDefinable(LimitDefinition definition);

    /** Returns the {@code running.max} of a limit, or the least of its {@code adaptive}; null if it has neither, or is not configured. */
    @Nullable
    Integer runningMax(String limit);

    /** Returns whether a job of the limit that has started blocks the next one of its value until it ends. */
    boolean isStrict(String limit);

    /**
     * Returns the reason why a limit of such jobs could never satisfy the estimate, in words; null if each could.
     *
     * @param handlerVersion version range of their handler; null for any
     * @param named limits that the jobs name
     * @param estimate expected use of each unit by a run
     */
    @Nullable
    String oversized(
            String type, @Nullable String handlerVersion, Collection<String> named, Map<String, Double> estimate);

    /** Returns the limits with a key, by name, with the location of the value in jobs: {@code payload.PATH} or {@code label.NAME}. */
    Map<String, String> limitKeys();

    /**
     * Returns the limits with a key that such jobs use or name, with the location of the value in jobs: {@code payload.PATH} or {@code
     * label.NAME}.
     *
     * @param handlerVersion version range of their handler; null for any
     */
    Map<String, String> limitKeys(String type, @Nullable String handlerVersion, Collection<String> named);
}

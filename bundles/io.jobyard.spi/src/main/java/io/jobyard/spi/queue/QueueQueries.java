// SPDX-License-Identifier: Apache-2.0
package io.jobyard.spi.queue;

import io.jobyard.api.LimitStatus;
import io.jobyard.api.Pause;
import io.jobyard.api.QueueStatus;
import io.jobyard.spi.jobs.LaneKey;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.osgi.annotation.versioning.ProviderType;

/** Queues, limits and pauses as they are now, for whoever shows them. */
@ProviderType
public interface QueueQueries {

    /** The queues that are configured, paused, or hold jobs that are ready or run. */
    List<QueueStatus> queues();

    /** The pauses of types, limits, users and all jobs that are in force, by target; those of queues are told with the queues. */
    List<Pause> pauses();

    /** The limits that are configured, and those that ready or running jobs name, with all values. */
    default List<LimitStatus> limits() {
        return limits(value -> true);
    }

    /**
     * The limits that are configured, and those that ready or running jobs name.
     *
     * @param isShown whether a value is told, by its name such as {@code models=gpt-4o}; all count in the sums. Called with a lock
     *     held, so it asks nobody
     */
    List<LimitStatus> limits(Predicate<String> isShown);

    /** The sorts of ready and running jobs that draw on values of limits, each once. */
    Set<LaneKey> lanesWithValues();
}

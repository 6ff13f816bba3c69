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

/** Queries of current queues, limits and pauses, for display. */
@ProviderType
public interface QueueQueries {

    /** Returns the queues that are configured, paused, or have ready or running jobs. */
    List<QueueStatus> queues();

    /** Returns the current pauses of types, limits, users and all jobs, by target. The pauses of queues are part of the queues. */
    List<Pause> pauses();

    /** Returns the configured limits, and those that ready or running jobs name, with all values. */
    default List<LimitStatus> limits() {
        return limits(value -> true);
    }

    /**
     * Returns the configured limits, and those that ready or running jobs name.
     *
     * @param isShown returns whether a value is included, by its name, for example {@code models=gpt-4o}; sums include all values. It is
     * called under a lock, so it must not call other services
     */
    List<LimitStatus> limits(Predicate<String> isShown);

    /** Returns the lanes of ready and running jobs that use values of limits, without duplicates. */
    Set<LaneKey> lanesWithValues();
}

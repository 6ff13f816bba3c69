// SPDX-License-Identifier: Apache-2.0
package io.jobyard.spi.store;

import io.jobyard.spi.jobs.Assignment;
import io.jobyard.spi.jobs.Move;
import io.jobyard.spi.jobs.StoredJob;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Decides which jobs start in the commit that admits them. Called on the store's one writing thread: must answer at once, and must not take a
 * lock under which other threads wait for the store.
 */
@ConsumerType
public interface AdmissionStarts {

    /**
     * Returns the start of a queued job that the current transaction admits, if the job is the next to start; null if the job waits in its
     * lane. May be called again for the job after {@link #settle}, if its transaction failed.
     */
    @Nullable
    Move start(StoredJob admitted);

    /**
     * Ends the starts since the last call. Called after the listeners were notified of the commit, or when it is known that nothing was
     * stored.
     *
     * @param runs the stored ones, on any host; everything taken for the others is released
     */
    void settle(List<Assignment> runs);
}

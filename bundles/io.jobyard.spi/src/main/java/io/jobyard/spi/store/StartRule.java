// SPDX-License-Identifier: Apache-2.0
package io.jobyard.spi.store;

import io.jobyard.spi.jobs.Move;
import io.jobyard.spi.jobs.StoredJob;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Decides the start of a ready job that is next. Called within the commit that starts it, on the store's writing thread: must answer at
 * once and from its arguments alone, and must not take a lock under which other threads wait for the store. It may be called again if that
 * commit fails.
 */
@FunctionalInterface
@ConsumerType
public interface StartRule {

    /**
     * Returns the start of one job, or its end if it has expired.
     *
     * @param job the job, as in that commit: queued, and at the position that it was taken from
     * @param position the position that it was taken from
     * @return its change
     */
    Move start(StoredJob job, ClaimCandidate position);
}

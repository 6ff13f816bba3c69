// SPDX-License-Identifier: Apache-2.0
package io.jobyard.spi.store;

import io.jobyard.spi.jobs.Move;
import io.jobyard.spi.jobs.StoredJob;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Decides what becomes of a ready job that is next. Asked within the commit that starts it, on the store's writing thread:
 * answers at once and from its arguments alone, and takes no lock under which anybody waits for the store. It may be asked
 * again if that commit comes to nothing.
 */
@FunctionalInterface
@ConsumerType
public interface StartRule {

    /**
     * The start of one job, or its end if it has expired.
     *
     * @param job the job, as that commit has it: queued, and where it was taken from
     * @param position where it was taken from
     * @return its change
     */
    Move start(StoredJob job, ClaimCandidate position);
}

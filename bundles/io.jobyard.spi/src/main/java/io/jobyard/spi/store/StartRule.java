// SPDX-License-Identifier: Apache-2.0
package io.jobyard.spi.store;

import io.jobyard.spi.jobs.Move;
import io.jobyard.spi.jobs.StoredJob;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Decides the start of a ready job. It is called within the commit that starts the job, on the store's writing thread. It must return
 * immediately, use only its arguments, and take no lock under which other threads wait for the store. It is called again if the commit
 * fails.
 */
@FunctionalInterface
@ConsumerType
public interface StartRule {

    /** Returns the start of a job that is queued at its position in this commit, or its end if it has expired. */
    Move start(StoredJob job, ClaimCandidate position);
}

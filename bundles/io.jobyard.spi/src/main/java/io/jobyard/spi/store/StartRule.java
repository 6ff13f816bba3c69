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

    /** Returns the start of one job, queued and at its position in that commit, or its end if it has expired. */
    Move start(StoredJob job, ClaimCandidate position);
}

// SPDX-License-Identifier: Apache-2.0
package io.jobyard.spi.queue;

import org.osgi.annotation.versioning.ProviderType;

/** Decides which ready job starts next. Keeps lanes in memory, which follow the store's commits. Callers use one of its interfaces. */
@ProviderType
public interface QueueManager {

    /** Returns the interface for starts of ready jobs. */
    JobClaims claims();

    /** Returns the interface for the admission of new jobs. */
    JobAdmission admission();

    /** Returns the interface for the use of limits by runs. */
    RunLimits runs();

    /** Returns the configuration of queues and limits. */
    QueueRules rules();

    /** Returns the lanes of ready jobs. */
    ReadyLanes lanes();

    /** Returns the interface for queries of queues, limits and blockers. */
    QueueQueries overview();

    /** Returns the interface for queries of canaries. */
    CanaryQueries canaries();
}

// SPDX-License-Identifier: Apache-2.0
package io.jobyard.spi.queue;

import org.osgi.annotation.versioning.ProviderType;

/** Decides which ready job is next. Keeps lanes in memory, updated by the store's commits. Callers use one of its roles. */
@ProviderType
public interface QueueManager {

    /** Starts of ready jobs. */
    JobClaims claims();

    /** Admission of new jobs. */
    JobAdmission admission();

    /** Use of limits by runs. */
    RunLimits runs();

    /** Returns the configuration of queues and limits. */
    QueueRules rules();

    /** The lanes of ready jobs. */
    ReadyLanes lanes();

    /** Returns the current state of queues, limits and blockers. */
    QueueQueries overview();

    /** State of the canaries. */
    CanaryQueries canaries();
}

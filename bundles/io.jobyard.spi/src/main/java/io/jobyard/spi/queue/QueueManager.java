// SPDX-License-Identifier: Apache-2.0
package io.jobyard.spi.queue;

import org.osgi.annotation.versioning.ProviderType;

/** Decides which ready job is next. Holds lanes in memory, fed by the store's commits. Asked by one of its roles. */
@ProviderType
public interface QueueManager {

    /** Gives ready jobs to those who start them. */
    JobClaims claims();

    /** Says whether, and how fast, jobs may come in. */
    JobAdmission admission();

    /** Hears what runs draw on their limits. */
    RunLimits runs();

    /** Returns the configuration of queues and limits. */
    QueueRules rules();

    /** The lanes of ready jobs. */
    ReadyLanes lanes();

    /** Returns the current state of queues, limits and blockers. */
    QueueQueries overview();

    /** How the trials of new handler versions stand. */
    CanaryQueries canaries();
}

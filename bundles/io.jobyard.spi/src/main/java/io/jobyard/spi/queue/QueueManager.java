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

    /** What is configured of queues and limits. */
    QueueRules rules();

    /** The lanes of ready jobs. */
    ReadyLanes lanes();

    /** What is told of queues, limits and what holds jobs. */
    QueueQueries overview();

    /** How the trials of new handler versions stand. */
    CanaryQueries canaries();
}

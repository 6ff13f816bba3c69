// SPDX-License-Identifier: Apache-2.0
package io.jobyard.spi.queue;

import org.osgi.annotation.versioning.ProviderType;

/** Decides which ready job is next. Holds lanes in memory, fed by the store's commits. Asked by one of its roles. */
@ProviderType
public interface QueueManager {

    JobClaims claims();

    JobAdmission admission();

    RunLimits runs();

    QueueRules rules();

    ReadyLanes lanes();

    QueueQueries overview();

    CanaryQueries canaries();
}

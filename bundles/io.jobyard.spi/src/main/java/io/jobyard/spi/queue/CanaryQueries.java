// SPDX-License-Identifier: Apache-2.0
package io.jobyard.spi.queue;

import io.jobyard.api.CanaryStatus;
import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/** Queries about the canaries of types, and whether they were rolled back. */
@ProviderType
public interface CanaryQueries {

    /** Returns the state of the canaries by type. */
    List<CanaryStatus> statuses();

    /**
     * Returns whether a type's canary was rolled back and its configuration has not changed since, as far as this host knows. The leader,
     * which starts all jobs, always knows. Takes no lock.
     */
    boolean isRolledBack(String type);

    /**
     * Returns whether the leader has rolled back a type's canary. Other hosts read this from the store.
     *
     * @return true after the rollback, until its configuration changes
     * @throws io.jobyard.api.StoreException if the store cannot be read
     */
    boolean hasRolledBack(String type);
}

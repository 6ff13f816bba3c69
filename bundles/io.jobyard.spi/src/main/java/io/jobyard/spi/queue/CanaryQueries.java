// SPDX-License-Identifier: Apache-2.0
package io.jobyard.spi.queue;

import io.jobyard.api.CanaryStatus;
import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/** The canaries of types, and whether they have rolled back. */
@ProviderType
public interface CanaryQueries {

    /** Returns the state of the canaries by type. */
    List<CanaryStatus> statuses();

    /**
     * Whether a type's canary has rolled back and its configuration not changed since, as far as this host knows: the leader, which starts
     * all jobs, always knows. Waits for no lock.
     */
    boolean isRolledBack(String type);

    /**
     * Whether the leader has rolled back a type's canary by now. Other hosts read it from the store.
     *
     * @return true after the rollback, until its configuration changes
     * @throws io.jobyard.api.StoreException if the store cannot be read
     */
    boolean hasRolledBack(String type);
}

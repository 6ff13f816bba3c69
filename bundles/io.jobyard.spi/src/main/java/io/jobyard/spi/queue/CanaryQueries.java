// SPDX-License-Identifier: Apache-2.0
package io.jobyard.spi.queue;

import io.jobyard.api.CanaryStatus;
import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/** The canaries of types, and whether they have rolled back. */
@ProviderType
public interface CanaryQueries {

    /**
     * How the canaries stand.
     *
     * @return by type
     */
    List<CanaryStatus> statuses();

    /**
     * Whether no job of a type goes to its canary any more, as far as this host knows: the leader, which starts all jobs, always knows.
     * Waits for no lock.
     *
     * @return true once too many have failed there, until its configuration changes
     */
    boolean isRolledBack(String type);

    /**
     * Whether the leader has decided by now that no job of a type goes to its canary any more. Any other host reads it from the store.
     *
     * @return true once too many have failed there, until its configuration changes
     * @throws io.jobyard.api.StoreException if the store cannot be read
     */
    boolean hasRolledBack(String type);
}

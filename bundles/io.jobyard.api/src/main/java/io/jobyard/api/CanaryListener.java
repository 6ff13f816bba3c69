// SPDX-License-Identifier: Apache-2.0
package io.jobyard.api;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * Hears when the canary of a type rolls back, on the host that decides it. Registered as a service. One that throws harms
 * nobody; it must not wait.
 */
@ConsumerType
public interface CanaryListener {

    /**
     * No job of a type goes to its canary any more.
     *
     * @param canary as it stands, with the runs that it is for
     */
    void rolledBack(CanaryStatus canary);
}

// SPDX-License-Identifier: Apache-2.0
package io.jobyard.api;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * Listener for rollbacks of canaries, on the host that decides them. Registered as a service. A listener that throws does not affect
 * others; it must not wait.
 */
@ConsumerType
public interface CanaryListener {

    /**
     * Reports that no more jobs of a type go to its canary.
     *
     * @param canary its state, with the runs that caused the rollback
     */
    void rolledBack(CanaryStatus canary);
}

// SPDX-License-Identifier: Apache-2.0
package io.jobyard.api;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * Listener for rollbacks of canaries, on the host that decides them. Registered as a service. A listener that throws an exception does not
 * affect others. A listener must not block.
 */
@ConsumerType
public interface CanaryListener {

    /**
     * Reports that a canary was rolled back: no more jobs of its type go to it.
     *
     * @param canary its state, with the runs that caused the rollback
     */
    void rolledBack(CanaryStatus canary);
}

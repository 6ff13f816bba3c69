// SPDX-License-Identifier: Apache-2.0
package io.jobyard.api;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * Hears of guards, on the host that is the steward. Registered as a service. One that throws harms nobody; one that waits
 * holds the guards up.
 */
@ConsumerType
public interface GuardListener {

    /**
     * A guard was passed, or that is over.
     *
     * @param event what
     */
    void seen(GuardEvent event);
}

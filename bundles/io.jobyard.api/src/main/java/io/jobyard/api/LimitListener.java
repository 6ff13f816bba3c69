// SPDX-License-Identifier: Apache-2.0
package io.jobyard.api;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * Hears once in each period of a budget that its warning threshold is passed, after that is stored, on the host that starts the jobs.
 * Registered as a service. One that throws harms nobody; one that waits holds the store up.
 */
@ConsumerType
public interface LimitListener {

    /** The warning threshold of a budget is passed. */
    void passed(LimitEvent event);
}

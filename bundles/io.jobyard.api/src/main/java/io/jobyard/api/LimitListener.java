// SPDX-License-Identifier: Apache-2.0
package io.jobyard.api;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * Listener for exceeded warning thresholds, called once in each period of a budget, after the commit, on the host that starts the jobs.
 * Registered as a service. A listener that throws an exception does not affect others; a listener that blocks delays the store.
 */
@ConsumerType
public interface LimitListener {

    /** Reports that a budget is over its warning threshold. */
    void passed(LimitEvent event);
}

// SPDX-License-Identifier: Apache-2.0
package io.jobyard.api;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * Listener for the results of scheduled times, after the commit, on the host that processed them. Registered as a service. A listener that
 * throws an exception does not affect others; a listener that blocks delays the schedules.
 */
@ConsumerType
public interface ScheduleListener {

    /** Reports the result of scheduled times. */
    void seen(ScheduleEvent event);
}

// SPDX-License-Identifier: Apache-2.0
package io.jobyard.api;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * Listener for the results of scheduled times, after the commit, on the host that processed them. Registered as a service. A listener that
 * throws does not affect others; one that waits delays the schedules.
 */
@ConsumerType
public interface ScheduleListener {

    /** Reports the result of scheduled times. */
    void seen(ScheduleEvent event);
}
